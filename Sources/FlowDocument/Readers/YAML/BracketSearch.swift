/// Goes along a list or mapping in brackets that YAML could not read to its end.
struct BracketSearch {
    private let repair: YAMLRepair
    private var index: Int
    /// The brackets that are open, the innermost last.
    private var open: [UInt8] = []
    /// Where the key or value at hand begins.
    private var itemStart: Int?
    private var isBehindColon = false

    /// - Parameter start: the place of the opening bracket.
    init(_ repair: YAMLRepair, from start: Int) {
        self.repair = repair
        index = start
    }

    private var source: [UInt8] { repair.source }

    /// Whether the bracket at the start is closed somewhere.
    mutating func isClosed() -> Bool {
        repeat { step() } while !open.isEmpty && index < source.count
        return open.isEmpty
    }

    /// The first value before `end` that is cut by a ` #` of its own, so that the closing bracket behind it is a comment.
    mutating func valueCutByComment(before end: Int) -> UnquotedValue? {
        repeat {
            if isComment, let value = cutValue { return value }
            step()
        } while !open.isEmpty && index < min(end, source.count)
        return nil
    }

    private var isComment: Bool {
        guard source.at(index) == UInt8(ascii: "#"), let before = source.at(index - 1) else { return false }
        return before.isBlank || before.isLineBreak
    }

    /// The value that the comment at hand cuts, unless that is a comment indeed.
    private var cutValue: UnquotedValue? {
        guard itemStart != nil || isBehindColon || open.last == UInt8(ascii: "[") else { return nil }
        let start = itemStart ?? index
        guard !Self.isClosing(source[start]), !Self.isQuote(source[start]) else { return nil }
        let comment = index..<source.lineEnd(from: index)
        let isAnItem = itemStart != nil || isBehindColon
        guard closesBracket(comment) || isAnItem && endsWithComma(comment) else { return nil }
        let templates = YAMLTemplates(source, lineOf: index)
        var end = templates.valueEnd(from: start, isInFlow: true, stopsAtColon: false)
        if end <= index { end = templates.valueEnd(from: index, isInFlow: true, stopsAtColon: false) }
        return UnquotedValue(range: start..<end, isInFlow: true)
    }

    /// Whether a comment holds a closing bracket without its opening one.
    private func closesBracket(_ comment: Range<Int>) -> Bool {
        var depth = 0
        for byte in source[comment] {
            if Self.isOpening(byte) { depth += 1 }
            if Self.isClosing(byte) { depth -= 1 }
            if depth < 0 { return true }
        }
        return false
    }

    private func endsWithComma(_ comment: Range<Int>) -> Bool {
        guard source.at(comment.lowerBound + 1)?.isBlank == false else { return false }
        return source[comment].last { !$0.isBlank } == UInt8(ascii: ",")
    }

    private mutating func step() {
        if itemStart == nil, let value = repair.value(at: index) {
            itemStart = value.lowerBound
            index = value.upperBound
            return
        }
        if isComment { return index = source.lineEnd(from: index) }
        guard let byte = source.at(index) else { return }
        index += 1
        switch byte {
        case UInt8(ascii: ","): begin()
        case UInt8(ascii: ":") where source.at(index).map { $0.isBlank || $0.isLineBreak } ?? true:
            begin()
            isBehindColon = true
        case _ where Self.isOpening(byte):
            open.append(byte)
            begin()
        case _ where Self.isClosing(byte):
            _ = open.popLast()
            itemStart = index - 1
        case _ where byte.isBlank || byte.isLineBreak || itemStart != nil: break
        default:
            itemStart = index - 1
            if Self.isQuote(byte) { skipText(endingWith: byte) }
        }
    }

    private mutating func begin() {
        itemStart = nil
        isBehindColon = false
    }

    private mutating func skipText(endingWith quote: UInt8) {
        while let byte = source.at(index), byte != quote {
            index += byte == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") ? 2 : 1
        }
        index = min(index + 1, source.count)
    }

    private static func isOpening(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") }
    private static func isClosing(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") }
    private static func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }
}
