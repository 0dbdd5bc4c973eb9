extension EffectKey: BinaryCoded {
    package func encode(into writer: inout ByteWriter) {
        writer.write(call)
        writer.write(flow)
        writer.write(version)
        writer.write(node)
        writer.write(visit)
    }

    package init(decoding reader: inout ByteReader) throws(CodecError) {
        self.init(
            call: try reader.value(),
            flow: try reader.text(),
            version: try reader.value(),
            node: try reader.natural(),
            visit: try reader.natural()
        )
    }
}

extension RunID: BinaryCoded {
    package func encode(into writer: inout ByteWriter) { writer.write(bytes) }

    package init(decoding reader: inout ByteReader) throws(CodecError) {
        guard let call = RunID(bytes: try reader.content()) else { throw reader.failure("a call has no id") }
        self = call
    }
}

extension VersionID: BinaryCoded {
    /// Two of its hexadecimal digits a byte.
    package func encode(into writer: inout ByteWriter) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.length / 2)
        var high: UInt8?
        for character in text.utf8 {
            let isDecimal = character <= UInt8(ascii: "9")
            let digit = isDecimal ? character - UInt8(ascii: "0") : character - UInt8(ascii: "a") + 10
            if let upper = high {
                bytes.append(upper << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        writer.write(bytes)
    }

    /// A flow that was never stored has the empty version.
    package init(decoding reader: inout ByteReader) throws(CodecError) {
        let bytes = try reader.content()
        guard bytes.isEmpty || bytes.count == Self.length / 2 else { throw reader.failure("a version has no id") }
        self.init(digest: bytes)
    }
}
