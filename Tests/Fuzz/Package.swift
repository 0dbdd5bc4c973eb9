// swift-tools-version: 6.2

import PackageDescription

// A package of its own, as libFuzzer wants every module instrumented. The modules are links: what is fuzzed is what ships.
let package = Package(
    name: "Fuzz",
    targets: [
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1"),
        .target(name: "FlowDocument", dependencies: ["CLibYAML"]),
        .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8"),
        .target(name: "FlowCore", dependencies: ["CPCRE2", "FlowDocument"]),
        .target(name: "FlowLint", dependencies: ["FlowCore", "FlowDocument"]),
        // What has to hold for whatever comes in.
        .target(name: "Checks", dependencies: ["FlowCore", "FlowDocument", "FlowLint"]),
        // Bytes as a flow file: the readers, the builder, the linter, a call through what was built.
        .executableTarget(name: "FuzzDocument", dependencies: ["Checks"]),
        // A text as a template in every place that takes one.
        .executableTarget(name: "FuzzTemplate", dependencies: ["Checks"]),
    ]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]
}
// libFuzzer brings `main`.
for target in package.targets where target.type == .executable {
    target.swiftSettings?.append(.unsafeFlags(["-parse-as-library"]))
}
