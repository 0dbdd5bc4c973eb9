extension OutboundRequest: FieldCoded {
    package func encodeFields(into writer: inout ByteWriter) {
        writer.field(1, method)
        writer.field(2, origin)
        writer.field(3, target)
        if !headers.isEmpty { writer.field(4) { $0.write(headers) } }
        if let authorization { writer.field(5, authorization) }
        if !body.isEmpty { writer.field(6, body) }
        writer.field(7, timeout)
        writer.write(unknownFields)
    }

    package init(decodingFields reader: inout ByteReader) throws(CodecError) {
        var request = OutboundRequest(method: "", origin: "", target: SecretText(), timeout: 0)
        let unknown = try reader.fields { tag, reader throws(CodecError) in
            switch tag {
            case 1: request.method = try reader.rest()
            case 2: request.origin = try reader.rest()
            case 3: request.target = try reader.value()
            case 4: request.headers = try reader.list()
            case 5: request.authorization = try reader.value() as Authorization
            case 6: request.body = try reader.value()
            case 7: request.timeout = try reader.natural()
            default: return false
            }
            return true
        }
        request.unknownFields = unknown
        self = request
    }

    /// Format 1 of a run or a delivery.
    package init(landed reader: inout ByteReader) throws(CodecError) {
        let method = try reader.text()
        let origin = try reader.text()
        let target: SecretText = try reader.value()
        let headers: [Header] = try reader.list()
        let authorization: Authorization? = try reader.optional()
        let body: SecretText = try reader.value()
        self.init(method: method, origin: origin, target: target, timeout: try reader.natural())
        self.headers = headers
        self.authorization = authorization
        self.body = body
    }
}

extension OutboundRequest.Header: BinaryCoded {
    package func encode(into writer: inout ByteWriter) {
        writer.write(name)
        writer.write(value)
    }

    package init(decoding reader: inout ByteReader) throws(CodecError) {
        self.init(try reader.text(), try reader.value())
    }
}

extension OutboundRequest.Authorization: BinaryCoded {
    package func encode(into writer: inout ByteWriter) {
        switch self {
        case .basic(let username, let password):
            writer.write(byte: 1)
            writer.write(username)
            writer.write(password)
        case .bearer(let token):
            writer.write(byte: 2)
            writer.write(token)
        }
    }

    package init(decoding reader: inout ByteReader) throws(CodecError) {
        switch try reader.byte() {
        case 1: self = .basic(username: try reader.value(), password: try reader.value())
        case 2: self = .bearer(try reader.value())
        default: throw reader.failure("a request has an unknown authorization")
        }
    }
}
