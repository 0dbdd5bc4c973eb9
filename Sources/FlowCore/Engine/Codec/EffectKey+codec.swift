extension EffectKey: FieldCoded {
    package func encodeFields(into writer: inout ByteWriter) {
        writer.field(1, run)
        writer.field(2, flow)
        writer.field(3, version)
        writer.field(4, node)
        writer.field(5, visit)
        if ordinal > 0 { writer.field(6, ordinal) }
    }

    package init(decodingFields reader: inout ByteReader) throws(CodecError) {
        var run: RunID?
        var version: VersionID?
        var flow = ""
        var (node, visit, ordinal) = (0, 0, 0)
        _ = try reader.fields { tag, reader throws(CodecError) in
            switch tag {
            case 1: run = try reader.value()
            case 2: flow = try reader.rest()
            case 3: version = try reader.value()
            case 4: node = try reader.natural()
            case 5: visit = try reader.natural()
            case 6: ordinal = try reader.natural()
            default: return false
            }
            return true
        }
        guard let run, let version else { throw reader.failure("a request is of no run") }
        self.init(run: run, flow: flow, version: version, node: node, visit: visit, ordinal: ordinal)
    }

    /// Format 1 of a run or a delivery.
    package init(landed reader: inout ByteReader) throws(CodecError) {
        self.init(
            run: try reader.value(),
            flow: try reader.text(),
            version: try reader.value(),
            node: try reader.natural(),
            visit: try reader.natural()
        )
    }
}

extension RunID: BinaryCoded {
    package func encode(into writer: inout ByteWriter) {
        writer.write(UInt64(byteCount))
        forEachByte { writer.write(byte: $0) }
    }

    package init(decoding reader: inout ByteReader) throws(CodecError) {
        guard let call = RunID(bytes: try reader.content()) else { throw reader.failure("a call has no id") }
        self = call
    }
}

extension VersionID: BinaryCoded {
    /// Two of its hexadecimal digits a byte.
    package func encode(into writer: inout ByteWriter) {
        writer.write(UInt64(text.utf8.count / 2))
        var high: UInt8?
        for character in text.utf8 {
            let isDecimal = character <= UInt8(ascii: "9")
            let digit = isDecimal ? character - UInt8(ascii: "0") : character - UInt8(ascii: "a") + 10
            if let upper = high {
                writer.write(byte: upper << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
    }

    /// A flow that was never stored has the empty version.
    package init(decoding reader: inout ByteReader) throws(CodecError) {
        let bytes = try reader.content()
        guard bytes.isEmpty || bytes.count == Self.length / 2 else { throw reader.failure("a version has no id") }
        self.init(digest: bytes)
    }
}
