/// A record as fields: each a tag, a length, and so many bytes.
///
/// A reader takes the tags that it knows and keeps the others as they are. So a field that a newer flowd added comes back
/// to it untouched, and two versions of flowd can share a store. A tag never changes its meaning, and is never used again.
/// A new property of a list's elements is a tag of its own, with a list beside the first one.
package struct UnknownFields: Hashable, Sendable {
    fileprivate var bytes: [UInt8] = []

    package init() {}

    package var isEmpty: Bool { bytes.isEmpty }
}

extension ByteWriter {
    /// Writes one field; `body` writes its content.
    @inline(__always)
    package mutating func field(_ tag: UInt64, _ body: (inout ByteWriter) -> Void) {
        write(tag)
        block(body)
    }

    package mutating func field(_ tag: UInt64, _ value: some BinaryCoded) { field(tag) { $0.write(value) } }

    package mutating func field(_ tag: UInt64, _ number: Int) { field(tag) { $0.write(number) } }

    package mutating func field(_ tag: UInt64, _ moment: Timestamp) { field(tag) { $0.write(moment) } }

    /// The empty text is left out.
    package mutating func field(_ tag: UInt64, _ text: String) {
        guard !text.isEmpty else { return }
        write(tag)
        write(text)
    }

    /// What ``ByteReader/fields(_:)`` did not know.
    package mutating func write(_ unknown: UnknownFields) { write(unframed: unknown.bytes) }
}

extension ByteReader {
    /// Reads fields to the end of the bytes.
    ///
    /// - Parameter take: reads the content of a field; returns false for a tag that it does not know.
    /// - Returns: the fields with unknown tags.
    package mutating func fields(
        _ take: (UInt64, inout ByteReader) throws(CodecError) -> Bool
    ) throws(CodecError) -> UnknownFields {
        var unknown = UnknownFields()
        while remaining > 0 {
            let start = position
            let tag = try unsigned()
            var content = try block()
            guard try take(tag, &content) else {
                unknown.bytes += written(from: start)
                continue
            }
        }
        return unknown
    }

    /// All that is left, as a text.
    package mutating func rest() throws(CodecError) -> String {
        let slice = try unframed(remaining)
        guard let text = String(validating: slice, as: UTF8.self) else { throw failure("a text is not UTF-8") }
        return text
    }
}

/// A value that is written as fields.
package protocol FieldCoded: BinaryCoded {
    func encodeFields(into writer: inout ByteWriter)
    init(decodingFields reader: inout ByteReader) throws(CodecError)
}

extension FieldCoded {
    package func encode(into writer: inout ByteWriter) { writer.block { encodeFields(into: &$0) } }

    package init(decoding reader: inout ByteReader) throws(CodecError) {
        var content = try reader.block()
        try self.init(decodingFields: &content)
    }
}
