// swift-tools-version: 6.2

import PackageDescription

// A package of its own, so that flowd's needs nothing of it. The modules are links: what is measured is what ships.
let package = Package(
    name: "Benchmarks",
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto.git", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", exact: "2.28.1", traits: []),
    ],
    targets: [
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1"),
        .target(name: "FlowDocument", dependencies: ["CLibYAML"]),
        .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8"),
        .target(name: "FlowCore", dependencies: ["CPCRE2", "FlowDocument"]),
        .target(name: "FlowLint", dependencies: ["FlowCore", "FlowDocument"]),
        .target(name: "FlowWeb", dependencies: ["FlowCore", .product(name: "Crypto", package: "swift-crypto")]),
        .target(
            name: "Plivo",
            dependencies: ["FlowCore", "FlowWeb", .product(name: "Crypto", package: "swift-crypto")]
        ),
        // One step of everything a call goes through, in nanoseconds.
        .executableTarget(name: "Steps", dependencies: ["FlowCore", "FlowDocument", "FlowWeb", "Plivo"]),
        // Reading, building and linting a flow file, in milliseconds.
        .executableTarget(name: "Phases", dependencies: ["FlowCore", "FlowDocument", "FlowLint"]),
        // A Hummingbird route that reads a form and answers a constant: what flowd serve is measured against.
        .executableTarget(
            name: "Bare",
            dependencies: [
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        // Signed answer webhooks, each a call of its own, as wrk's script takes them.
        .executableTarget(name: "Signer", dependencies: ["FlowCore", "Plivo"]),
    ]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]
}
