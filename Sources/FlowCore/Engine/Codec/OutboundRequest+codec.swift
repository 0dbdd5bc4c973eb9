extension OutboundRequest: BinaryCoded {
    package func encode(into writer: inout ByteWriter) {
        writer.write(method)
        writer.write(origin)
        writer.write(target)
        writer.write(headers)
        writer.write(authorization)
        writer.write(body)
        writer.write(timeout)
    }

    package init(decoding reader: inout ByteReader) throws(CodecError) {
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
