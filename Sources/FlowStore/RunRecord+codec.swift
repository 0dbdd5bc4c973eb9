package import FlowCore

extension RunRecord {
    /// The version of the binary form, its first byte.
    ///
    /// Format 1 had no fields.
    private static let format: UInt8 = 2
    private static let landedFormat: UInt8 = 1

    private enum Tag {
        static let createdAt: UInt64 = 1
        static let hangup: UInt64 = 2
        /// One for each run.
        static let run: UInt64 = 3
        static let isApart: UInt64 = 4
    }

    /// All of it but its id, under which the bytes are kept.
    package func encoded() -> [UInt8] {
        var writer = ByteWriter(reserving: 960)
        writer.write(byte: Self.format)
        writer.field(Tag.createdAt, createdAt)
        if let hangup { writer.field(Tag.hangup) { hangup.encodeFields(into: &$0) } }
        for run in runs { writer.field(Tag.run, run) }
        if isApart { writer.field(Tag.isApart, 1) }
        writer.write(unknownFields)
        return writer.sealed()
    }

    package init(decoding bytes: [UInt8], call: RunID) throws(CodecError) {
        var reader = try ByteReader(sealed: bytes)
        switch try reader.byte() {
        case Self.format:
            var record = RunRecord(call: call, createdAt: Timestamp(milliseconds: 0))
            let unknown = try reader.fields { tag, reader throws(CodecError) in
                switch tag {
                case Tag.createdAt: record.createdAt = try reader.moment()
                case Tag.hangup: record.hangup = try Hangup(decodingFields: &reader)
                case Tag.run: record.runs.append(try reader.value())
                case Tag.isApart: record.isApart = try reader.natural() == 1
                default: return false
                }
                return true
            }
            record.unknownFields = unknown
            self = record
        case Self.landedFormat:
            let createdAt = try reader.moment()
            let hangup = try reader.flag() ? try Hangup(landed: &reader) : nil
            self.init(call: call, createdAt: createdAt, hangup: hangup, runs: try reader.list())
            try reader.finish()
        case let format: throw reader.failure("a record has the unknown format \(format)")
        }
        guard runs.allSatisfy({ $0.id == call }) else { throw reader.failure("a run is another record's") }
    }
}
