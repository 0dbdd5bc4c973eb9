/// A value with a binary form of its own.
package protocol BinaryCoded {
    func encode(into writer: inout ByteWriter)
    init(decoding reader: inout ByteReader) throws(CodecError)
}

/// Bytes that are not what a writer wrote.
package struct CodecError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The offset of the failure, in bytes from the beginning.
    package let position: Int
    package let reason: String

    package init(position: Int, reason: String) {
        self.position = position
        self.reason = reason
    }

    package var description: String { "\(reason) at byte \(position)" }
}
