extension Run.Waiting: BinaryCoded {
    package func encode(into writer: inout ByteWriter) {
        switch self {
        case .nothing:
            writer.write(byte: 0)
        case .dial(let dial):
            writer.write(byte: 1)
            writer.write(dial)
        case .request(let request):
            writer.write(byte: 2)
            writer.write(request)
        case .delivery(let key):
            writer.write(byte: 3)
            writer.write(key)
        }
    }

    package init(decoding reader: inout ByteReader) throws(CodecError) {
        switch try reader.byte() {
        case 0: self = .nothing
        case 1: self = .dial(try reader.value())
        case 2: self = .request(try reader.value())
        case 3: self = .delivery(try reader.value())
        default: throw reader.failure("a run waits for something unknown")
        }
    }
}

extension AwaitedDial: BinaryCoded {
    package func encode(into writer: inout ByteWriter) {
        writer.write(node)
        writer.write(targets)
        writer.write(index ?? -1)
        writer.write(callerID)
        writer.write(startedAt)
        writer.write(answeredAt, or: startedAt)
        writer.write(bLegUUID)
        writer.write(answeredBy)
        writer.write(duration != nil)
        if let duration { writer.write(duration) }
        writer.write(hangup)
    }

    package init(decoding reader: inout ByteReader) throws(CodecError) {
        let node = try reader.natural()
        let targets: [DialTarget] = try reader.list()
        let index = try reader.integer()
        guard index >= -1, index < targets.count else { throw reader.failure("a dial rings a target that it has not") }
        self.init(
            node: node,
            targets: targets,
            index: index < 0 ? nil : index,
            callerID: try reader.text(),
            startedAt: try reader.moment()
        )
        answeredAt = try reader.moment(orNilSince: startedAt)
        bLegUUID = try reader.text()
        answeredBy = try reader.text()
        duration = try reader.flag() ? try reader.integer() : nil
        hangup = try reader.optional()
    }
}

extension AwaitedRequest: BinaryCoded {
    package func encode(into writer: inout ByteWriter) {
        writer.write(key)
        writer.write(request)
        writer.write(webhookAt)
        writer.write(until, since: webhookAt)
        writer.write(steps)
    }

    package init(decoding reader: inout ByteReader) throws(CodecError) {
        let key: EffectKey = try reader.value()
        let request: OutboundRequest = try reader.value()
        let webhookAt = try reader.moment()
        let until = try reader.moment(since: webhookAt)
        self.init(key: key, request: request, webhookAt: webhookAt, until: until, steps: try reader.natural())
    }
}

extension DialTarget: BinaryCoded {
    package func encode(into writer: inout ByteWriter) {
        switch self {
        case .number: writer.write(byte: 1)
        case .user: writer.write(byte: 2)
        }
        writer.write(text)
    }

    package init(decoding reader: inout ByteReader) throws(CodecError) {
        switch try reader.byte() {
        case 1: self = .number(try reader.text())
        case 2: self = .user(try reader.text())
        default: throw reader.failure("a dial's target is of an unknown kind")
        }
    }
}

extension Hangup: BinaryCoded {
    package func encode(into writer: inout ByteWriter) {
        writer.write(callStatus)
        writer.write(cause)
        writer.write(billDuration)
    }

    package init(decoding reader: inout ByteReader) throws(CodecError) {
        self.init(callStatus: try reader.text(), cause: try reader.text(), billDuration: try reader.integer())
    }
}
