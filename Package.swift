// swift-tools-version: 6.2

import PackageDescription

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
]
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let httpClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")

// Imported by nobody here: what flowd imports needs them. They are named so that each clone builds the same versions.
let pinned: [Target.Dependency] = [
    .product(name: "Algorithms", package: "swift-algorithms"),
    .product(name: "AsyncAlgorithms", package: "swift-async-algorithms"),
    .product(name: "Atomics", package: "swift-atomics"),
    .product(name: "DequeModule", package: "swift-collections"),
    .product(name: "Configuration", package: "swift-configuration"),
    .product(name: "Tracing", package: "swift-distributed-tracing"),
    .product(name: "Metrics", package: "swift-metrics"),
    .product(name: "NIOHTTP2", package: "swift-nio-http2"),
    .product(name: "RealModule", package: "swift-numerics"),
    .product(name: "ServiceContextModule", package: "swift-service-context"),
    .product(name: "SystemPackage", package: "swift-system"),
]

let package = Package(
    name: "flowd",
    products: [.executable(name: "flowd", targets: ["flowd"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-algorithms.git", exact: "1.2.1"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-async-algorithms.git", exact: "1.1.4"),
        .package(url: "https://github.com/apple/swift-atomics.git", exact: "1.3.0"),
        .package(url: "https://github.com/apple/swift-collections.git", exact: "1.6.0"),
        .package(url: "https://github.com/apple/swift-configuration.git", exact: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto.git", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-distributed-tracing.git", exact: "1.7.3"),
        .package(url: "https://github.com/apple/swift-http-types.git", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics.git", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-http2.git", exact: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", exact: "2.37.6"),
        .package(url: "https://github.com/apple/swift-numerics.git", exact: "1.1.1"),
        .package(url: "https://github.com/apple/swift-service-context.git", exact: "1.5.1"),
        .package(url: "https://github.com/apple/swift-system.git", exact: "1.8.1"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/async-http-client.git", exact: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", exact: "2.13.0"),
    ],
    targets: [
        // Debian's libyaml: the parser that every YAML tool agrees with.
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        // Text to a tree in which every key and scalar knows its place; findings about that text.
        .target(name: "FlowDocument", dependencies: ["CLibYAML"]),
        // Debian's PCRE2: a match takes a bounded number of steps, which Swift's Regex cannot promise.
        .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
        // The language: graph, templates, nodes, interpreter. Pure: no clock, network, disk or chance.
        .target(name: "FlowCore", dependencies: ["CPCRE2", "FlowDocument"]),
        // Flow files on a disk: folders, versions, changes.
        .target(name: "FlowFiles", dependencies: ["FlowCore", "FlowDocument", crypto]),
        // What is wrong with a flow before a call finds out.
        .target(name: "FlowLint", dependencies: ["FlowCore", "FlowDocument"]),
        // flowd's own URLs, forms and refusals; no vendor.
        .target(name: "FlowWeb", dependencies: ["FlowCore", crypto]),
        // Plivo's wire: webhooks to events, signatures, replies to XML.
        .target(name: "Plivo", dependencies: ["FlowCore", "FlowWeb", crypto]),
        // What has to survive a crash, and the one verb that changes it.
        .target(name: "FlowStore", dependencies: ["FlowCore", "FlowDocument", crypto]),
        // Debian's SQLite.
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        // The store in one SQLite file; the only place with SQLite's pointers.
        .target(
            name: "FlowStoreSQLite",
            dependencies: ["CSQLite", "FlowCore", "FlowDocument", "FlowFiles", "FlowStore"]
        ),
        // The loop that everyone calls: live flows and their versions, one turn an event, effects handed out.
        .target(name: "FlowHost", dependencies: ["FlowCore", "FlowDocument", "FlowStore", logging]),
        // Debian's zlib: app servers pack answers without being asked.
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        // Requests to app servers: egress policy, signing, the worker that sends what the store holds.
        .target(
            name: "FlowDelivery",
            dependencies: [
                "CZlib", "FlowCore", "FlowHost", "FlowStore", crypto, lifecycle, logging, nioHTTP1, nioSSL,
                .product(name: "NIOTLS", package: "swift-nio"),
            ] + nio
        ),
        // Calls written down: cases, the player, coverage, the adversary, replay.
        .target(
            name: "FlowPlay",
            dependencies: [
                "FlowCore", "FlowDocument", "FlowFiles", "FlowHost", "FlowStore", "FlowWeb", "Plivo", logging,
            ]
        ),
        // A flow as a picture.
        .target(name: "FlowGraph", dependencies: ["FlowCore", "FlowDocument"]),
        // Runs, deliveries and flows, as people and programs are shown them.
        .target(name: "FlowReports", dependencies: ["FlowCore", "FlowHost", "FlowStore"]),
        // The two listeners: Plivo's webhooks, and the operator's.
        .target(
            name: "FlowServer",
            dependencies: [
                "FlowCore", "FlowDelivery", "FlowDocument", "FlowFiles", "FlowHost", "FlowReports", "FlowStore",
                "FlowWeb",
                "Plivo", lifecycle, logging, nioHTTP1, unixSignals,
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOExtras", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
            ] + nio
        ),
        // The command: one file a subcommand.
        .executableTarget(
            name: "flowd",
            dependencies: [
                "FlowCore", "FlowDelivery", "FlowDocument", "FlowFiles", "FlowGraph", "FlowHost", "FlowLint",
                "FlowPlay",
                "FlowReports", "FlowServer", "FlowStore", "FlowStoreSQLite", "FlowWeb", "Plivo", argumentParser,
                lifecycle,
                logging, unixSignals,
            ] + pinned
        ),
        // What several test targets share: the suite that every store passes.
        .target(
            name: "FlowTesting",
            dependencies: ["FlowCore", "FlowDocument", "FlowFiles", "FlowStore", logging],
            path: "Tests/FlowTesting"
        ),
        .testTarget(name: "FlowDocumentTests", dependencies: ["FlowDocument"]),
        .testTarget(name: "FlowCoreTests", dependencies: ["FlowCore", "FlowDocument"]),
        .testTarget(name: "FlowFilesTests", dependencies: ["FlowCore", "FlowDocument", "FlowFiles", "FlowTesting"]),
        .testTarget(name: "FlowLintTests", dependencies: ["FlowCore", "FlowDocument", "FlowLint"]),
        .testTarget(name: "FlowWebTests", dependencies: ["FlowCore", "FlowWeb"]),
        .testTarget(name: "PlivoTests", dependencies: ["FlowCore", "FlowTesting", "FlowWeb", "Plivo"]),
        .testTarget(
            name: "FlowStoreTests",
            dependencies: ["CSQLite", "FlowCore", "FlowStore", "FlowStoreSQLite", "FlowTesting"]
        ),
        .testTarget(
            name: "FlowHostTests",
            dependencies: ["FlowCore", "FlowDocument", "FlowFiles", "FlowHost", "FlowStore", "FlowTesting", logging]
        ),
        .testTarget(
            name: "FlowDeliveryTests",
            dependencies: [
                "FlowCore", "FlowDelivery", "FlowHost", "FlowStore", "FlowTesting", lifecycle, logging, nioHTTP1,
                nioSSL,
            ] + nio
        ),
        .testTarget(
            name: "FlowServerTests",
            dependencies: [
                "FlowCore", "FlowDelivery", "FlowDocument", "FlowFiles", "FlowHost", "FlowServer", "FlowStore",
                "FlowTesting", "FlowWeb", "Plivo", lifecycle, logging, unixSignals,
            ] + nio
        ),
        // A crash at every step of the store, in memory.
        .testTarget(
            name: "FlowReliabilityTests",
            dependencies: [
                "FlowCore", "FlowDelivery", "FlowDocument", "FlowFiles", "FlowHost", "FlowStore", "FlowStoreSQLite",
                "FlowTesting", "FlowWeb", "Plivo", lifecycle, logging,
            ]
        ),
        // The real binary, killed, stopped, locked out and without a disk.
        .testTarget(
            name: "FlowStormTests",
            dependencies: ["CSQLite", "FlowCore", "FlowWeb", "Plivo", httpClient, nioHTTP1] + nio
        ),
        .testTarget(
            name: "FlowPlayTests",
            dependencies: ["FlowCore", "FlowDocument", "FlowHost", "FlowPlay", "FlowStore", "Plivo"],
            exclude: ["Conversations"]
        ),
        .testTarget(name: "FlowGraphTests", dependencies: ["FlowCore", "FlowDocument", "FlowGraph"]),
    ]
)

for target in package.targets where target.type != .plugin && target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .treatAllWarnings(as: .error),
    ]
}
