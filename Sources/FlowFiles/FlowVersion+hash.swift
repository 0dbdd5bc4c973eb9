import Crypto
package import FlowCore
package import FlowDocument

extension FlowVersion {
    /// Gives the text its id: the head of the SHA-256 over the length-prefixed format, name and bytes.
    package init(flow: String, file: String, format: Document.Format, source: [UInt8]) {
        var hash = SHA256()
        for field in [Array(format.rawValue.utf8), Array(flow.utf8), source] {
            withUnsafeBytes(of: UInt64(field.count).bigEndian) { hash.update(bufferPointer: $0) }
            hash.update(data: field)
        }
        self.init(id: VersionID(digest: hash.finalize()), flow: flow, file: file, format: format, source: source)
    }
}
