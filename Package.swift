// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "flowd",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "flowd", targets: ["flowd"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.0", traits: []),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ],
    targets: [
        // Debian's libyaml: the parser that every YAML tool agrees with.
        .systemLibrary(
            name: "CLibYAML",
            pkgConfig: "yaml-0.1",
            providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]
        ),
        // Text to a tree in which every key and scalar knows its place; findings about that text.
        .target(name: "FlowDocument", dependencies: ["CLibYAML"]),
        // The language: graph, templates, nodes, interpreter. Pure: no clock, network, disk or chance.
        .target(name: "FlowCore", dependencies: ["FlowDocument"]),
        // What is wrong with a flow before a call finds out.
        .target(name: "FlowLint", dependencies: ["FlowCore", "FlowDocument"]),
        // Plivo's wire: webhook bytes to events, signatures, replies to XML.
        .target(name: "Plivo", dependencies: ["FlowCore", .product(name: "Crypto", package: "swift-crypto")]),
        // What has to survive a crash, and the one verb that changes it.
        .target(
            name: "FlowStore",
            dependencies: ["FlowCore", "FlowDocument", .product(name: "Crypto", package: "swift-crypto")]
        ),
        // Debian's SQLite.
        .systemLibrary(
            name: "CSQLite",
            pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]
        ),
        // The store in one SQLite file; the only place with SQLite's pointers.
        .target(name: "FlowStoreSQLite", dependencies: ["CSQLite", "FlowCore", "FlowDocument", "FlowStore"]),
        // The loop that everyone calls: live flows and their versions, one turn an event, effects handed out.
        .target(
            name: "FlowHost",
            dependencies: ["FlowCore", "FlowDocument", "FlowStore", .product(name: "Logging", package: "swift-log")]
        ),
        // Debian's zlib: app servers pack answers without being asked.
        .systemLibrary(
            name: "CZlib",
            pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]
        ),
        // Requests to app servers: egress policy, signing, the worker that sends what the store holds.
        .target(
            name: "FlowDelivery",
            dependencies: [
                "CZlib", "FlowCore", "FlowHost", "FlowStore",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        // Calls written down: cases, the player, coverage, the adversary, replay.
        .target(
            name: "FlowPlay",
            dependencies: [
                "FlowCore", "FlowDocument", "FlowHost", "FlowStore", "Plivo",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        // A flow as a picture.
        .target(name: "FlowGraph", dependencies: ["FlowCore", "FlowDocument"]),
        // The two listeners: Plivo's webhooks, and the operator's.
        .target(
            name: "FlowServer",
            dependencies: [
                "FlowCore", "FlowDelivery", "FlowDocument", "FlowHost", "FlowStore", "Plivo",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]
        ),
        // The command: one file a subcommand.
        .executableTarget(
            name: "flowd",
            dependencies: [
                "FlowCore", "FlowDelivery", "FlowDocument", "FlowGraph", "FlowHost", "FlowLint", "FlowPlay",
                "FlowServer",
                "FlowStore", "FlowStoreSQLite", "Plivo",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        // What several test targets share: the suite that every store passes.
        .target(
            name: "FlowTesting",
            dependencies: ["FlowCore", "FlowDocument", "FlowStore"],
            path: "Tests/FlowTesting"
        ),
        .testTarget(name: "FlowDocumentTests", dependencies: ["FlowDocument"]),
        .testTarget(name: "FlowCoreTests", dependencies: ["FlowCore", "FlowDocument"]),
        .testTarget(name: "FlowLintTests", dependencies: ["FlowCore", "FlowDocument", "FlowLint"]),
        .testTarget(name: "PlivoTests", dependencies: ["FlowCore", "Plivo"]),
        .testTarget(
            name: "FlowStoreTests",
            dependencies: ["CSQLite", "FlowCore", "FlowStore", "FlowStoreSQLite", "FlowTesting"]
        ),
        .testTarget(
            name: "FlowDeliveryTests",
            dependencies: [
                "FlowCore", "FlowDelivery", "FlowHost", "FlowStore", "FlowTesting",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .testTarget(
            name: "FlowServerTests",
            dependencies: [
                "FlowCore", "FlowDelivery", "FlowDocument", "FlowHost", "FlowServer", "FlowStore", "FlowTesting",
                "Plivo",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]
        ),
        // A crash at every step of the store, in memory.
        .testTarget(
            name: "FlowReliabilityTests",
            dependencies: [
                "FlowCore", "FlowDelivery", "FlowDocument", "FlowHost", "FlowStore", "FlowStoreSQLite", "FlowTesting",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        // The real binary, killed, stopped, locked out and without a disk.
        .testTarget(
            name: "FlowStormTests",
            dependencies: [
                "CSQLite", "FlowCore", "Plivo",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "FlowPlayTests",
            dependencies: ["FlowCore", "FlowDocument", "FlowHost", "FlowPlay", "FlowStore", "Plivo"]
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
