/// Reads JSON, strictly as RFC 8259 has it, in one pass and without recursion.
package struct JSONReader {
    let source: [UInt8]
    var index: Int
    private var line = 1
    /// The offset at which the line begins.
    private var lineStart: Int
    /// The bytes of the line that do not begin a character.
    var continuations = 0
    private var tree: TreeBuilder

    /// Reads a text that holds one JSON value.
    package static func read(
        _ source: [UInt8],
        limits: Limits = Limits(),
        duplicateKeys: DuplicateKeys = .keepLast
    ) throws(ReadFailure) -> Value {
        guard source.count <= limits.size else {
            throw ReadFailure(
                .overLimit,
                "\(source.count.grouped) bytes are more than \(limits.size.grouped)",
                span: .start
            )
        }
        var reader = JSONReader(source, limits: limits, duplicateKeys: duplicateKeys)
        return try reader.value()
    }

    /// Reads a flow file.
    static func read(_ source: [UInt8], file: String, limits: Limits) -> (root: Value?, findings: [Finding]) {
        var reader = JSONReader(source, limits: limits, duplicateKeys: .keepFirst)
        reader.skipBlanks()
        if reader.index == source.count { return (nil, [ReadFailure.emptyFile.finding(in: file)]) }
        do throws(ReadFailure) {
            let root = try reader.value()
            return (root, reader.tree.duplicates.map { $0.finding(in: file) })
        } catch {
            let duplicates = reader.tree.duplicates.map { $0.finding(in: file) }
            return (reader.tree.root, duplicates + [error.finding(in: file)])
        }
    }

    private init(_ source: [UInt8], limits: Limits, duplicateKeys: DuplicateKeys) {
        self.source = source
        index = source.byteOrderMarkLength
        lineStart = index
        tree = TreeBuilder(limits: limits, duplicateKeys: duplicateKeys)
    }

    var here: Position {
        Position(line: line, column: index - lineStart - continuations + 1, offset: index)
    }

    /// The byte at the place of reading, or NUL, which no JSON has, at the end.
    var byte: UInt8 { index < source.count ? source[index] : 0 }

    private mutating func value() throws(ReadFailure) -> Value {
        try element()
        while !tree.isComplete {
            skipBlanks()
            let isMapping = tree.isInMapping
            let closer = isMapping ? UInt8(ascii: "}") : UInt8(ascii: "]")
            switch byte {
            case closer: close()
            case UInt8(ascii: ","):
                let comma = here
                index += 1
                skipBlanks()
                if byte == closer { throw trailing(comma) }
                if isMapping { try key() }
                try element()
            default: throw unexpected(isMapping ? "\",\" or \"}\"" : "\",\" or \"]\"", inside: tree.start)
            }
        }
        skipBlanks()
        guard index == source.count else { throw unexpected("the end of the file") }
        guard let root = tree.root else { throw unexpected("a value") }
        return root
    }

    /// Reads a scalar, or the first part of a list or mapping: to its first scalar, or to its end if it is empty.
    private mutating func element() throws(ReadFailure) {
        while true {
            skipBlanks()
            let start = here
            switch byte {
            case UInt8(ascii: "\""):
                let text = try string()
                return try tree.scalar(Scalar(text, style: .json), span: Span(start, here))
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                try number()
                return try plain(from: start)
            case UInt8(ascii: "t"):
                try word("true")
                return try plain(from: start)
            case UInt8(ascii: "f"):
                try word("false")
                return try plain(from: start)
            case UInt8(ascii: "n"):
                try word("null")
                return try tree.scalar(Scalar("", style: .absent), span: Span(start, here))
            case UInt8(ascii: "["):
                try open(isMapping: false, at: start)
                if byte == UInt8(ascii: "]") { return close() }
            case UInt8(ascii: "{"):
                try open(isMapping: true, at: start)
                if byte == UInt8(ascii: "}") { return close() }
                try key()
            default: throw unexpected("a value")
            }
        }
    }

    private mutating func plain(from start: Position) throws(ReadFailure) {
        let text = source.text(start.offset..<index)
        try tree.scalar(Scalar(text, style: .plain), span: Span(start, here))
    }

    private mutating func open(isMapping: Bool, at start: Position) throws(ReadFailure) {
        try tree.open(isMapping: isMapping, isFlow: true, at: start)
        index += 1
        skipBlanks()
    }

    private mutating func close() {
        index += 1
        tree.close(at: here)
    }

    private mutating func key() throws(ReadFailure) {
        guard byte == UInt8(ascii: "\"") else { throw unexpected("a key in double quotes") }
        let start = here
        let text = try string()
        try tree.key(Key(text, span: Span(start, here)))
        skipBlanks()
        guard byte == UInt8(ascii: ":") else { throw unexpected("\":\" behind the key") }
        index += 1
    }

    private mutating func skipBlanks() {
        while index < source.count {
            switch source[index] {
            case 0x20, 0x09: index += 1
            case 0x0A:
                index += 1
                beginLine()
            case 0x0D:
                index += 1
                if index < source.count, source[index] == 0x0A { index += 1 }
                beginLine()
            default: return
            }
        }
    }

    private mutating func beginLine() {
        line += 1
        lineStart = index
        continuations = 0
    }
}
