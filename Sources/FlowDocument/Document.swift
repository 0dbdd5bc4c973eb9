/// One flow file as a tree of positioned values.
package struct Document: Sendable {
    package enum Format: String, Sendable {
        case yaml, json

        /// The format that a file's ending says, or nil for a file that is none of ours.
        package init?(fileName: String) {
            switch fileName.split(separator: ".").last.map({ $0.lowercased() }) {
            case "yaml", "yml": self = .yaml
            case "json": self = .json
            default: return nil
            }
        }
    }

    /// The path as the user gave it; findings name it.
    package let file: String
    package let format: Format
    /// The bytes of the file.
    package let source: [UInt8]
    package var root: Value
    /// Whether keys or values may be missing that the text has: what stands behind aliases and merge keys is not read.
    package let hasGaps: Bool

    package init(file: String, format: Format, source: [UInt8], root: Value, hasGaps: Bool = false) {
        self.file = file
        self.format = format
        self.source = source
        self.root = root
        self.hasGaps = hasGaps
    }
}
