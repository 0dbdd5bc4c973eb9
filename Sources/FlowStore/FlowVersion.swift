import Crypto
package import FlowCore
package import FlowDocument

/// The text of a flow that calls may be running on.
package struct FlowVersion: Hashable, Sendable {
    package let id: VersionID
    package let flow: String
    package let file: String
    package let format: Document.Format
    package let source: [UInt8]

    package init(flow: String, file: String, format: Document.Format, source: [UInt8]) {
        var hash = SHA256()
        for field in [Array(format.rawValue.utf8), Array(flow.utf8), source] {
            withUnsafeBytes(of: UInt64(field.count).bigEndian) { hash.update(bufferPointer: $0) }
            hash.update(data: field)
        }
        id = VersionID(digest: hash.finalize())
        self.flow = flow
        self.file = file
        self.format = format
        self.source = source
    }

    /// How many versions of a flow stay without a call on them: the live one, and those that peers may still hold.
    package static let alwaysKept = 3
}
