package import FlowDocument

/// The text of a flow that calls may be running on.
package struct FlowVersion: Hashable, Sendable {
    package let id: VersionID
    package let flow: String
    package let file: String
    package let format: Document.Format
    package let source: [UInt8]

    package init(id: VersionID, flow: String, file: String, format: Document.Format, source: [UInt8]) {
        self.id = id
        self.flow = flow
        self.file = file
        self.format = format
        self.source = source
    }

    /// How many versions of a flow stay without a call on them: the live one, and those that peers may still hold.
    package static let alwaysKept = 3
}
