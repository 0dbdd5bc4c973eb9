extension Datum: BinaryCoded {
    /// How deep lists and objects may lie in each other; twice what a JSON answer may have.
    private static let depth = 128

    private enum Kind: UInt8 {
        case missing, text, number, no, yes, null, list, object, sealed
    }

    package func encode(into writer: inout ByteWriter) { encode(into: &writer, depth: Self.depth) }

    /// Writes nothing that cannot be read again: what lies too deep is missing.
    private func encode(into writer: inout ByteWriter, depth: Int) {
        guard depth > 0 else { return writer.write(byte: Kind.missing.rawValue) }
        writer.write(byte: kind.rawValue)
        switch self {
        case .missing, .boolean, .null: break
        case .text(let text), .number(let text): writer.write(text)
        case .sealed(let number): writer.write(number)
        case .list(let items):
            writer.write(UInt64(items.count))
            for item in items { item.encode(into: &writer, depth: depth - 1) }
        case .object(let members):
            writer.write(UInt64(members.count))
            for member in members {
                writer.write(member.key)
                member.value.encode(into: &writer, depth: depth - 1)
            }
        }
    }

    private var kind: Kind {
        switch self {
        case .missing: .missing
        case .text: .text
        case .number: .number
        case .boolean(let flag): flag ? .yes : .no
        case .null: .null
        case .list: .list
        case .object: .object
        case .sealed: .sealed
        }
    }

    package init(decoding reader: inout ByteReader) throws(CodecError) { try self.init(&reader, depth: Self.depth) }

    private init(_ reader: inout ByteReader, depth: Int) throws(CodecError) {
        guard let kind = Kind(rawValue: try reader.byte()) else { throw reader.failure("a value is of no kind") }
        guard depth > 0 || kind == .missing else { throw reader.failure("a value lies too deep") }
        switch kind {
        case .missing: self = .missing
        case .text: self = .text(try reader.text())
        case .number: self = .number(try reader.text())
        case .no: self = .boolean(false)
        case .yes: self = .boolean(true)
        case .null: self = .null
        case .list:
            var items: [Datum] = []
            for _ in 0..<(try reader.count()) { items.append(try Datum(&reader, depth: depth - 1)) }
            self = .list(items)
        case .object:
            var members: [Member] = []
            for _ in 0..<(try reader.count()) {
                members.append(Member(try reader.text(), try Datum(&reader, depth: depth - 1)))
            }
            self = .object(members)
        case .sealed: self = .sealed(try reader.integer())
        }
    }
}
