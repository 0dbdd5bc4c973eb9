extension Run.Origin: FieldCoded {
    package func encodeFields(into writer: inout ByteWriter) {
        writer.field(1, parent)
        writer.field(2, node)
        writer.field(3, visit)
        writer.field(4, event)
        writer.field(5, parameters)
    }

    package init(decodingFields reader: inout ByteReader) throws(CodecError) {
        var parent: RunID?
        var (node, visit, event, parameters) = (0, 0, "", Datum.missing)
        _ = try reader.fields { tag, reader throws(CodecError) in
            switch tag {
            case 1: parent = try reader.value()
            case 2: node = try reader.natural()
            case 3: visit = try reader.natural()
            case 4: event = try reader.rest()
            case 5: parameters = try reader.value()
            default: return false
            }
            return true
        }
        guard let parent else { throw reader.failure("a side run has no run before it") }
        self.init(parent: parent, node: node, visit: visit, event: event, parameters: parameters)
    }
}
