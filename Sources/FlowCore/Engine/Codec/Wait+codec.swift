extension Wait: FieldCoded {
    package func encodeFields(into writer: inout ByteWriter) {
        writer.field(1, node)
        writer.field(2, Int(signals.rawValue))
        if state != .missing { writer.field(3, state) }
        if let until { writer.field(4, until) }
        if hangupGrace > 0 { writer.field(5, hangupGrace) }
        if let request { writer.field(6) { request.encodeFields(into: &$0) } }
        if !deliveries.isEmpty { writer.field(7) { $0.write(deliveries) } }
        writer.write(unknownFields)
    }

    package init(decodingFields reader: inout ByteReader) throws(CodecError) {
        self.init(node: 0, for: [])
        var wait = self
        unknownFields = try reader.fields { tag, reader throws(CodecError) in
            switch tag {
            case 1: wait.node = try reader.natural()
            case 2: wait.signals = Signals(rawValue: UInt8(truncatingIfNeeded: try reader.natural()))
            case 3: wait.state = try reader.value()
            case 4: wait.until = try reader.moment()
            case 5: wait.hangupGrace = try reader.natural()
            case 6: wait.request = try PendingRequest(decodingFields: &reader)
            case 7: wait.deliveries = try reader.list()
            default: return false
            }
            return true
        }
        wait.unknownFields = unknownFields
        self = wait
    }
}

extension PendingRequest {
    func encodeFields(into writer: inout ByteWriter) {
        writer.field(1, key)
        writer.field(2, request)
        writer.field(3, webhookAt)
        writer.field(4, until)
        writer.field(5, steps)
    }

    init(decodingFields reader: inout ByteReader) throws(CodecError) {
        var key: EffectKey?
        var request: OutboundRequest?
        var webhookAt = Timestamp(milliseconds: 0)
        var until = webhookAt
        var steps = 0
        _ = try reader.fields { tag, reader throws(CodecError) in
            switch tag {
            case 1: key = try reader.value()
            case 2: request = try reader.value()
            case 3: webhookAt = try reader.moment()
            case 4: until = try reader.moment()
            case 5: steps = try reader.natural()
            default: return false
            }
            return true
        }
        guard let key, let request else { throw reader.failure("a run waits for a request that is not there") }
        self.init(key: key, request: request, webhookAt: webhookAt, until: until, steps: steps)
    }
}

extension CallState: FieldCoded {
    package func encodeFields(into writer: inout ByteWriter) {
        writer.field(1, uuid)
        if isOver { writer.field(2, 1) }
        if let hangup { writer.field(3) { hangup.encodeFields(into: &$0) } }
        if dials > 0 { writer.field(4, dials) }
        writer.write(unknownFields)
    }

    package init(decodingFields reader: inout ByteReader) throws(CodecError) {
        self.init()
        var call = self
        let unknown = try reader.fields { tag, reader throws(CodecError) in
            switch tag {
            case 1: call.uuid = try reader.rest()
            case 2: call.isOver = try reader.natural() == 1
            case 3: call.hangup = try Hangup(decodingFields: &reader)
            case 4: call.dials = try reader.natural()
            default: return false
            }
            return true
        }
        call.unknownFields = unknown
        self = call
    }
}

extension Hangup: FieldCoded {
    package func encodeFields(into writer: inout ByteWriter) {
        writer.field(1, callStatus)
        writer.field(2, cause)
        if billDuration != 0 { writer.field(3, billDuration) }
        writer.field(4, causeCode)
    }

    package init(decodingFields reader: inout ByteReader) throws(CodecError) {
        self.init(callStatus: "", cause: "", billDuration: 0)
        var hangup = self
        _ = try reader.fields { tag, reader throws(CodecError) in
            switch tag {
            case 1: hangup.callStatus = try reader.rest()
            case 2: hangup.cause = try reader.rest()
            case 3: hangup.billDuration = try reader.integer()
            case 4: hangup.causeCode = try reader.rest()
            default: return false
            }
            return true
        }
        self = hangup
    }

    /// Format 1 of a run or a record.
    package init(landed reader: inout ByteReader) throws(CodecError) {
        self.init(callStatus: try reader.text(), cause: try reader.text(), billDuration: try reader.integer())
    }
}
