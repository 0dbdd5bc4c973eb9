extension Run: BinaryCoded {
    /// The version of the binary form, its first byte.
    ///
    /// Format 1 had no fields: see ``LandedRun``.
    private static let format: UInt8 = 2

    private enum Tag {
        static let id: UInt64 = 1
        static let flow: UInt64 = 2
        static let version: UInt64 = 3
        static let status: UInt64 = 4
        static let turn: UInt64 = 5
        static let startedAt: UInt64 = 6
        static let wait: UInt64 = 7
        static let call: UInt64 = 8
        static let endedAt: UInt64 = 9
        static let from: UInt64 = 10
        static let to: UInt64 = 11
        static let direction: UInt64 = 12
        static let values: UInt64 = 13
        static let path: UInt64 = 14
        static let notes: UInt64 = 15
        static let answers: UInt64 = 16
        static let outstanding: UInt64 = 17
        static let ordered: UInt64 = 18
        /// ``Step/heard``, beside the path.
        static let heard: UInt64 = 19
        /// ``Step/details``, beside the path.
        static let details: UInt64 = 20
        static let tookCallHangup: UInt64 = 21
        static let variables: UInt64 = 30
        /// One for each origin.
        static let origin: UInt64 = 22
        static let sideRuns: UInt64 = 23
        static let isPastSideRuns: UInt64 = 24
        static let vault: UInt64 = 25
    }

    package func encode(into writer: inout ByteWriter) {
        writer.write(byte: Self.format)
        writer.block { writer in
            writer.field(Tag.id, id)
            writer.field(Tag.flow, flow)
            writer.field(Tag.version, version)
            writer.field(Tag.status, Int(status.rawValue))
            writer.field(Tag.turn, turn)
            writer.field(Tag.startedAt, startedAt)
            if let wait { writer.field(Tag.wait) { wait.encodeFields(into: &$0) } }
            writer.field(Tag.call) { call.encodeFields(into: &$0) }
            if let endedAt { writer.field(Tag.endedAt, endedAt) }
            writer.field(Tag.from, from)
            writer.field(Tag.to, to)
            writer.field(Tag.direction, direction)
            writer.field(Tag.values) { writer in
                writer.write(UInt64(values.count))
                for list in values { writer.write(list) }
            }
            encodeHistory(into: &writer)
            writer.write(unknownFields)
        }
    }

    private func encodeHistory(into writer: inout ByteWriter) {
        writer.field(Tag.path) { writer in
            for step in path {
                writer.write(step.node)
                writer.write(step.outcome ?? -1)
                writer.write(step.at, since: startedAt)
                writer.write(step.turn)
            }
        }
        if path.contains(where: { !$0.heard.isEmpty }) {
            writer.field(Tag.heard) { writer in
                for step in path {
                    writer.write(UInt64(step.heard.count))
                    for heard in step.heard { writer.block { heard.encode(into: &$0, since: startedAt) } }
                }
            }
        }
        if path.contains(where: { $0.details != .missing }) {
            writer.field(Tag.details) { writer in
                for step in path { writer.write(step.details) }
            }
        }
        if !notes.isEmpty { writer.field(Tag.notes) { $0.write(notes) } }
        if !answers.isEmpty {
            writer.field(Tag.answers) { writer in
                for answer in answers {
                    writer.write(answer.turn)
                    writer.write(answer.bytes)
                }
            }
        }
        if !outstanding.isEmpty { writer.field(Tag.outstanding) { $0.write(outstanding) } }
        if ordered > 0 { writer.field(Tag.ordered, ordered) }
        if tookCallHangup { writer.field(Tag.tookCallHangup, 1) }
        if !variables.isEmpty { writer.field(Tag.variables) { $0.write(variables) } }
        for origin in origins { writer.field(Tag.origin) { origin.encodeFields(into: &$0) } }
        if !sideRuns.isEmpty { writer.field(Tag.sideRuns) { $0.write(sideRuns) } }
        if isPastSideRuns { writer.field(Tag.isPastSideRuns, 1) }
        if !vault.isEmpty { writer.field(Tag.vault, vault) }
    }

    package init(decoding reader: inout ByteReader) throws(CodecError) {
        switch try reader.byte() {
        case Self.format:
            var content = try reader.block()
            try self.init(decodingFields: &content)
        case LandedRun.format: self = try LandedRun(&reader).run
        case let format: throw reader.failure("a run has the unknown format \(format)")
        }
    }

    private init(decodingFields reader: inout ByteReader) throws(CodecError) {
        guard let id = try reader.first(Tag.id, { reader throws(CodecError) -> RunID in try reader.value() }),
            let version = try reader.first(
                Tag.version,
                { reader throws(CodecError) -> VersionID in try reader.value() }
            )
        else { throw reader.failure("a run has no id") }
        let flow = try reader.first(Tag.flow) { reader throws(CodecError) in try reader.rest() } ?? ""
        let startedAt = try reader.first(Tag.startedAt) { reader throws(CodecError) in try reader.moment() }
        guard let startedAt else { throw reader.failure("a run has no beginning") }
        self.init(id: id, flow: flow, version: version, startedAt: startedAt, nodes: 0)
        var heard: [[Heard]] = []
        var details: [Datum] = []
        var decoded = self
        let unknown = try reader.fields { tag, reader throws(CodecError) in
            switch tag {
            case Tag.id, Tag.flow, Tag.version, Tag.startedAt: break
            case Tag.status:
                guard let status = Status(rawValue: UInt8(truncatingIfNeeded: try reader.natural())) else {
                    throw reader.failure("a run has no status")
                }
                decoded.status = status
            case Tag.turn: decoded.turn = try reader.natural()
            case Tag.wait: decoded.wait = try Wait(decodingFields: &reader)
            case Tag.call: decoded.call = try CallState(decodingFields: &reader)
            case Tag.endedAt: decoded.endedAt = try reader.moment()
            case Tag.from: decoded.from = try reader.rest()
            case Tag.to: decoded.to = try reader.rest()
            case Tag.direction: decoded.direction = try reader.rest()
            case Tag.values:
                for _ in 0..<(try reader.count()) { decoded.values.append(try reader.list()) }
            case Tag.heard:
                while reader.remaining > 0 {
                    var list: [Heard] = []
                    for _ in 0..<(try reader.count()) {
                        var content = try reader.block()
                        list.append(try Heard(&content, since: startedAt))
                    }
                    heard.append(list)
                }
            case Tag.details:
                while reader.remaining > 0 { details.append(try reader.value()) }
            default: return try decoded.takeHistory(tag, &reader)
            }
            return true
        }
        self = decoded
        unknownFields = unknown
        for (index, list) in heard.enumerated() where path.indices.contains(index) { path[index].heard = list }
        for (index, datum) in details.enumerated() where path.indices.contains(index) { path[index].details = datum }
    }

    private mutating func takeHistory(_ tag: UInt64, _ reader: inout ByteReader) throws(CodecError) -> Bool {
        switch tag {
        case Tag.path:
            while reader.remaining > 0 {
                let node = try reader.natural()
                let outcome = try reader.integer()
                guard outcome >= -1 else { throw reader.failure("an outcome is below 0") }
                let at = try reader.moment(since: startedAt)
                let turn = try reader.integer()
                path.append(Step(node: node, outcome: outcome < 0 ? nil : outcome, at: at, turn: turn))
            }
        case Tag.notes: notes = try reader.list()
        case Tag.answers:
            while reader.remaining > 0 {
                answers.append(Answer(turn: try reader.natural(), bytes: try reader.content()))
            }
        case Tag.outstanding: outstanding = try reader.list()
        case Tag.ordered: ordered = try reader.natural()
        case Tag.tookCallHangup: tookCallHangup = try reader.natural() == 1
        case Tag.variables: variables = try reader.list()
        case Tag.origin: origins.append(try Origin(decodingFields: &reader))
        case Tag.sideRuns: sideRuns = try reader.list()
        case Tag.isPastSideRuns: isPastSideRuns = try reader.natural() == 1
        case Tag.vault: vault = try reader.value()
        default: return false
        }
        return true
    }
}

extension Run.Heard {
    fileprivate func encode(into writer: inout ByteWriter, since base: Timestamp) {
        writer.write(key)
        writer.write(word)
        writer.write(at, since: base)
        writer.write(UInt64(parameters.count))
        for parameter in parameters {
            writer.write(parameter.name)
            writer.write(parameter.value)
        }
    }

    fileprivate init(_ reader: inout ByteReader, since base: Timestamp) throws(CodecError) {
        let key = try reader.text()
        let word = try reader.text()
        let at = try reader.moment(since: base)
        var parameters: [(String, String)] = []
        for _ in 0..<(try reader.count()) { parameters.append((try reader.text(), try reader.text())) }
        self.init(key, word, at: at, parameters)
    }
}

extension ByteReader {
    /// The content of the first field with a tag, without moving on.
    fileprivate func first<Value>(
        _ tag: UInt64,
        _ read: (inout ByteReader) throws(CodecError) -> Value
    ) throws(CodecError) -> Value? {
        var reader = self
        while reader.remaining > 0 {
            let found = try reader.unsigned()
            var content = try reader.block()
            if found == tag { return try read(&content) }
        }
        return nil
    }

    mutating func texts() throws(CodecError) -> [String] {
        var texts: [String] = []
        for _ in 0..<(try count()) { texts.append(try text()) }
        return texts
    }
}

extension ByteWriter {
    mutating func write(texts: [String]) {
        write(UInt64(texts.count))
        for text in texts { write(text) }
    }
}

extension Note: FieldCoded {
    package func encodeFields(into writer: inout ByteWriter) {
        writer.field(1, code)
        if let node { writer.field(2, node) }
        if !values.isEmpty { writer.field(3) { $0.write(texts: values) } }
    }

    package init(decodingFields reader: inout ByteReader) throws(CodecError) {
        self.init(code: "", node: nil, values: [])
        var note = self
        _ = try reader.fields { tag, reader throws(CodecError) in
            switch tag {
            case 1: note.code = try reader.rest()
            case 2: note.node = try reader.natural()
            case 3: note.values = try reader.texts()
            default: return false
            }
            return true
        }
        self = note
    }
}
