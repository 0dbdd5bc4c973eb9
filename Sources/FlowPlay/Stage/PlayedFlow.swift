package import FlowCore
package import FlowDocument
import FlowFiles

/// A flow that can be played, with its text.
package struct PlayedFlow: Sendable {
    package let flow: Flow
    package let version: FlowVersion

    /// - Returns: nil where the text is no flow that could run; `findings` says why.
    package static func load(
        _ source: [UInt8],
        file: String,
        format: Document.Format
    ) -> (played: PlayedFlow?, findings: [Finding]) {
        let build = FlowBuilder.build(source: source, file: file, format: format)
        guard let flow = build.flow, !build.hasErrors else { return (nil, build.findings) }
        let version = FlowVersion(flow: flow.name, file: file, format: format, source: source)
        return (PlayedFlow(flow: flow.of(version.id), version: version), build.findings)
    }

    private init(flow: Flow, version: FlowVersion) {
        self.flow = flow
        self.version = version
    }

    /// Whether both are of one text, whatever path each was found by.
    package func isSame(as other: PlayedFlow) -> Bool {
        flow.name == other.flow.name && version.source == other.version.source
    }

    /// A version that a store kept.
    package init?(_ version: FlowVersion) {
        let build = FlowBuilder.build(
            source: version.source,
            file: version.file,
            format: version.format,
            version: version.id
        )
        guard let flow = build.flow, !build.hasErrors else { return nil }
        self.flow = flow
        self.version = version
    }
}
