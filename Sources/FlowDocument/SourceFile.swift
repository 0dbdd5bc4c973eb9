/// The text of one flow file.
package struct SourceFile: Sendable {
    /// The path as the user gave it; findings name it.
    package let file: String
    package let source: [UInt8]
    package let format: Document.Format

    package init(file: String, source: [UInt8], format: Document.Format) {
        self.file = file
        self.source = source
        self.format = format
    }
}
