/// Finds templates in YAML that nobody has parsed yet, and so the values that their authors meant.
///
/// `<<…>>` and `{{…}}` count as one piece, whatever `: `, ` #` or `,` they hold: what libyaml would have seen, had the value
/// been quoted. All places are offsets of `source`.
struct YAMLTemplates {
    let source: [UInt8]
    /// A place on the last line that is looked at.
    let last: Int

    init(_ source: [UInt8], lineOf last: Int) {
        self.source = source
        self.last = last
    }

    /// Whether the last line ends at `index`.
    func isEnd(_ index: Int) -> Bool { index >= source.count || index >= last && source[index].isLineBreak }

    /// Whether a template opens at `index`.
    func opens(at index: Int) -> Bool {
        guard index + 1 < source.count, source[index] == source[index + 1] else { return false }
        guard source[index] == UInt8(ascii: "<") || source[index] == UInt8(ascii: "{") else { return false }
        return source.at(index - 1) != UInt8(ascii: "\\")
    }

    /// The end of the template that opens at `index`, or nil if none opens there or the next one opens before it is closed.
    func end(at index: Int) -> Int? {
        guard opens(at: index) else { return nil }
        return close(from: index + 2, of: source[index], withQuotes: true)
            ?? close(from: index + 2, of: source[index], withQuotes: false)
    }

    private func close(from start: Int, of opener: UInt8, withQuotes: Bool) -> Int? {
        let closer = opener + 2  // > behind <, } behind {
        var quote: UInt8?
        var index = start
        while !isEnd(index) {
            let byte = source[index]
            if let open = quote {
                if byte == open { quote = nil }
            } else if withQuotes, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == closer, source.at(index + 1) == closer {
                return index + 2
            } else if byte == opener, opens(at: index) {
                return nil
            }
            index += 1
        }
        return nil
    }

    /// Whether a template that opens in `range` is closed only behind it.
    func isCut(_ range: Range<Int>) -> Bool {
        var index = range.lowerBound
        while index < range.upperBound {
            guard opens(at: index) else {
                index += 1
                continue
            }
            guard let end = end(at: index) else { return false }
            if end > range.upperBound { return true }
            index = end
        }
        return false
    }

    /// The end of the value that begins at `start`, as its author meant it: before a comment, before the `,` or bracket
    /// behind an item in brackets, before the `: ` behind a key, or at the end of the line.
    func valueEnd(from start: Int, isInFlow: Bool, stopsAtColon: Bool) -> Int {
        var index = start
        while !isEnd(index) {
            if let end = end(at: index) {
                index = end
                continue
            }
            switch source[index] {
            case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"):
                if isInFlow { return trimmed(start..<index) }
            case UInt8(ascii: "#"):
                if index > start, source[index - 1].isBlank { return trimmed(start..<index) }
            case UInt8(ascii: ":"):
                if stopsAtColon, isSeparator(index + 1) { return trimmed(start..<index) }
            default: break
            }
            index += 1
        }
        return trimmed(start..<index)
    }

    /// Whether a `:` before `index` would end a key.
    func isSeparator(_ index: Int) -> Bool { isEnd(index) || source[index].isBlank || source[index].isLineBreak }

    private func trimmed(_ range: Range<Int>) -> Int {
        var end = range.upperBound
        while end > range.lowerBound, source[end - 1].isBlank { end -= 1 }
        return end
    }
}
