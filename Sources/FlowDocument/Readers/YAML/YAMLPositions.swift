/// Turns libyaml's marks into positions in the author's text.
///
/// For plain ASCII they agree. Otherwise it walks along the text: libyaml counts characters where offsets count bytes. Marks
/// come nearly in order, so a text is walked once.
struct YAMLPositions {
    private let source: [UInt8]
    private let base: Int
    private let isDirect: Bool
    private let insertions: [Int]
    /// Where the walk stands: that many characters, this place.
    private var index = 0
    private var here: Position

    init(_ repair: YAMLRepair, isASCII: Bool) {
        source = repair.source
        base = source.byteOrderMarkLength
        insertions = repair.insertions
        isDirect = isASCII && repair.insertions.isEmpty
        here = Position(line: 1, column: 1, offset: base)
    }

    mutating func position(_ mark: YAMLMark) -> Position {
        // At the end libyaml adds a line break of its own to a text without one.
        if isDirect, mark.index + base < source.count {
            return Position(line: mark.line + 1, column: mark.column + 1, offset: mark.index + base)
        }
        let target = mark.index - insertions.partitioningIndex { $0 >= mark.index }
        if target < index { goBack(to: target) }
        while index < target, here.offset < source.count { step() }
        return here
    }

    mutating func span(_ event: YAMLEvent) -> Span { Span(position(event.start), position(event.end)) }

    private mutating func step() {
        let byte = source[here.offset]
        here.offset = source.characterEnd(at: here.offset)
        index += 1
        if byte == 0x0A || byte == 0x0D && source.at(here.offset) != 0x0A {
            here.line += 1
            here.column = 1
            return
        }
        here.column += 1
    }

    private mutating func goBack(to target: Int) {
        while index > target, here.offset > base {
            repeat { here.offset -= 1 } while here.offset > base && source[here.offset].isContinuation
            index -= 1
            let byte = source[here.offset]
            if byte == 0x0A || byte == 0x0D && source.at(here.offset + 1) != 0x0A { here.line -= 1 }
        }
        let start = source.lineStart(before: here.offset)
        here.column = source.characterCount(start..<max(start, here.offset)) + 1
    }
}
