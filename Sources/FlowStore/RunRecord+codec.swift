package import FlowCore

extension RunRecord {
    /// The version of the binary form, its first byte.
    private static let format: UInt8 = 1

    /// All of it but the call's id, under which the bytes are kept.
    package func encoded() -> [UInt8] {
        var writer = ByteWriter(reserving: 960)
        writer.write(byte: Self.format)
        writer.write(createdAt)
        writer.write(hangup)
        writer.write(runs)
        return writer.sealed()
    }

    package init(decoding bytes: [UInt8], call: RunID) throws(CodecError) {
        var reader = try ByteReader(sealed: bytes)
        let format = try reader.byte()
        guard format == Self.format else { throw reader.failure("a call has the unknown format \(format)") }
        let createdAt = try reader.moment()
        let hangup: Hangup? = try reader.optional()
        self.init(call: call, createdAt: createdAt, hangup: hangup, runs: try reader.list())
        try reader.finish()
        guard runs.allSatisfy({ $0.call == call }) else { throw reader.failure("a run is another call's") }
    }
}
