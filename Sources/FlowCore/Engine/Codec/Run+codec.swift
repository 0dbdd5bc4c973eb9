extension Run: BinaryCoded {
    /// The version of the binary form, its first byte.
    private static let format: UInt8 = 1

    package func encode(into writer: inout ByteWriter) {
        writer.write(byte: Self.format)
        writer.write(call)
        writer.write(flow)
        writer.write(version)
        writer.write(byte: status.rawValue)
        writer.write(turn)
        writer.write(startedAt)
        writer.write(waiting)
        writer.write(callEnded)
        writer.write(hangup)
        writer.write(endedAt, or: startedAt)
        writer.write(wake, or: startedAt)
        for text in [from, to, direction] { writer.write(text) }
        writer.write(dials)
        writer.write(UInt64(values.count))
        for list in values { writer.write(list) }
        encodeHistory(into: &writer)
    }

    private func encodeHistory(into writer: inout ByteWriter) {
        writer.write(UInt64(path.count))
        for step in path {
            writer.write(step.node)
            writer.write(step.outcome ?? -1)
            writer.write(step.at, since: startedAt)
        }
        writer.write(UInt64(notes.count))
        for note in notes { writer.write(note) }
        writer.write(UInt64(answers.count))
        for answer in answers {
            writer.write(answer.turn)
            writer.write(answer.bytes)
        }
        writer.write(outstanding)
        writer.write(ordered)
    }

    package init(decoding reader: inout ByteReader) throws(CodecError) {
        let format = try reader.byte()
        guard format == Self.format else { throw reader.failure("a run has the unknown format \(format)") }
        let call: RunID = try reader.value()
        let flow = try reader.text()
        let version: VersionID = try reader.value()
        guard let status = Status(rawValue: try reader.byte()) else { throw reader.failure("a run has no status") }
        let turn = try reader.natural()
        self.init(call: call, flow: flow, version: version, startedAt: try reader.moment(), nodes: 0)
        self.status = status
        self.turn = turn
        waiting = try reader.value()
        callEnded = try reader.flag()
        hangup = try reader.optional()
        endedAt = try reader.moment(orNilSince: startedAt)
        wake = try reader.moment(orNilSince: startedAt)
        from = try reader.text()
        to = try reader.text()
        direction = try reader.text()
        dials = try reader.natural()
        for _ in 0..<(try reader.count()) { values.append(try reader.list()) }
        try decodeHistory(&reader)
    }

    private mutating func decodeHistory(_ reader: inout ByteReader) throws(CodecError) {
        for _ in 0..<(try reader.count()) {
            let node = try reader.natural()
            let outcome = try reader.integer()
            guard outcome >= -1 else { throw reader.failure("an outcome is below 0") }
            path.append(Step(node: node, outcome: outcome < 0 ? nil : outcome, at: try reader.moment(since: startedAt)))
        }
        for _ in 0..<(try reader.count()) { notes.append(try reader.text()) }
        for _ in 0..<(try reader.count()) {
            answers.append(Answer(turn: try reader.natural(), bytes: try reader.content()))
        }
        outstanding = try reader.list()
        ordered = try reader.natural()
    }
}

extension ByteWriter {
    mutating func write(_ moment: Timestamp?, or base: Timestamp) {
        write(moment != nil)
        if let moment { write(moment, since: base) }
    }
}

extension ByteReader {
    mutating func moment(orNilSince base: Timestamp) throws(CodecError) -> Timestamp? {
        try flag() ? try moment(since: base) : nil
    }
}
