extension SecretText: BinaryCoded {
    package func encode(into writer: inout ByteWriter) { writer.write(pieces) }

    package init(decoding reader: inout ByteReader) throws(CodecError) {
        self.init()
        for _ in 0..<(try reader.count()) { append(try reader.value() as Piece) }
    }
}

extension SecretText.Piece: BinaryCoded {
    package func encode(into writer: inout ByteWriter) {
        switch self {
        case .text(let text):
            writer.write(byte: 1)
            writer.write(text)
        case .secret(let name, let filters, let escaping):
            writer.write(byte: 2)
            writer.write(name)
            writer.write(filters)
            writer.write(byte: escaping.rawValue)
        case .sealed(let number, let escaping):
            writer.write(byte: 3)
            writer.write(number)
            writer.write(byte: escaping.rawValue)
        }
    }

    package init(decoding reader: inout ByteReader) throws(CodecError) {
        switch try reader.byte() {
        case 1:
            self = .text(try reader.text())
        case 2:
            let name = try reader.text()
            let filters: [Filter] = try reader.list()
            let escaping = Escaping(rawValue: try reader.byte())
            guard let escaping else { throw reader.failure("a secret has no escaping") }
            self = .secret(name: name, filters: filters, escaping: escaping)
        case 3:
            let number = try reader.integer()
            let escaping = Escaping(rawValue: try reader.byte())
            guard let escaping else { throw reader.failure("a sensitive value has no escaping") }
            self = .sealed(number, escaping: escaping)
        default:
            throw reader.failure("a piece of a text is of an unknown kind")
        }
    }
}

extension Filter: BinaryCoded {
    /// By its name, so that filters can be added anywhere in the list.
    package func encode(into writer: inout ByteWriter) {
        writer.write(kind.rawValue)
        writer.write(UInt64(arguments.count))
        for argument in arguments { writer.write(argument) }
    }

    package init(decoding reader: inout ByteReader) throws(CodecError) {
        guard let kind = Kind(rawValue: try reader.text()) else { throw reader.failure("a filter has no known name") }
        var arguments: [String] = []
        for _ in 0..<(try reader.count()) { arguments.append(try reader.text()) }
        guard kind.arguments.contains(arguments.count) else {
            throw reader.failure("the filter \(kind.rawValue) has \(arguments.count) arguments")
        }
        self.init(kind, arguments)
    }
}
