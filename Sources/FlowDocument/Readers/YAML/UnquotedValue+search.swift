extension UnquotedValue {
    /// The value that begins at `start`, up to where its author meant it to end.
    init(from start: Int, in source: [UInt8], isInFlow: Bool, stopsAtColon: Bool, lineOf offset: Int? = nil) {
        let templates = YAMLTemplates(source, lineOf: offset ?? start)
        range = start..<templates.valueEnd(from: start, isInFlow: isInFlow, stopsAtColon: stopsAtColon)
        self.isInFlow = isInFlow
    }

    /// The first value on the line of `offset` that YAML does not read as its author meant it.
    ///
    /// Those that `repair` has quoted already do not count. `isInFlow` says that the line begins inside brackets.
    static func first(onLineOf offset: Int, in repair: YAMLRepair, isInFlow: Bool) -> UnquotedValue? {
        var search = LineSearch(repair: repair, offset: offset, depth: isInFlow ? 1 : 0)
        return search.run()
    }
}

/// Goes along one line of YAML, token by token.
private struct LineSearch {
    let repair: YAMLRepair
    let templates: YAMLTemplates
    var index: Int
    /// How many brackets are open.
    var depth: Int
    /// Whether a key of this line came before.
    var isBehindKey = false

    init(repair: YAMLRepair, offset: Int, depth: Int) {
        self.repair = repair
        self.depth = depth
        templates = YAMLTemplates(repair.source, lineOf: offset)
        index = repair.source.lineStart(before: min(offset, repair.source.count))
    }

    private var source: [UInt8] { repair.source }

    mutating func run() -> UnquotedValue? {
        while !templates.isEnd(index) {
            switch source[index] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: ","): index += 1
            case UInt8(ascii: "#"): return nil
            case UInt8(ascii: "-") where depth == 0 && !isBehindKey && templates.isSeparator(index + 1): index += 1
            case UInt8(ascii: ":") where templates.isSeparator(index + 1):
                isBehindKey = true
                index += 1
            case UInt8(ascii: "["),
                UInt8(ascii: "{") where !templates.opens(at: index):
                depth += 1
                index += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth = max(0, depth - 1)
                index += 1
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                if let found = quoted() { return found }
            default:
                if let found = plain() { return found }
            }
        }
        return nil
    }

    /// A value in quotes with a template that holds such quotes itself.
    private mutating func quoted() -> UnquotedValue? {
        let start = index
        index += 1
        while !templates.isEnd(index), source[index] != source[start] {
            let isEscape = source[index] == UInt8(ascii: "\\") && source[start] == UInt8(ascii: "\"")
            index += isEscape && !templates.isEnd(index + 1) ? 2 : 1
        }
        index = min(index + 1, source.count)
        guard depth == 0, templates.isCut(start..<index) else { return nil }
        return UnquotedValue(from: start, in: source, isInFlow: false, stopsAtColon: !isBehindKey)
    }

    /// A value without quotes that begins with a template of braces, or has a template that YAML cuts.
    private mutating func plain() -> UnquotedValue? {
        let start = index
        if let done = repair.value(at: start) {
            index = max(done.upperBound, start + 1)
            return nil
        }
        let stopsAtColon = depth > 0 || !isBehindKey
        index = max(
            start + 1,
            templates.valueEnd(from: start, isInFlow: depth > 0, stopsAtColon: stopsAtColon)
        )
        guard isMisread(start..<index) else { return nil }
        return UnquotedValue(range: start..<index, isInFlow: depth > 0)
    }

    private func isMisread(_ range: Range<Int>) -> Bool {
        if source[range.lowerBound] == UInt8(ascii: "{"), templates.opens(at: range.lowerBound) { return true }
        var position = range.lowerBound
        while position < range.upperBound {
            guard let end = templates.end(at: position) else {
                position += 1
                continue
            }
            if cuts(position..<end) { return true }
            position = end
        }
        return false
    }

    /// Whether a template holds what ends a value without quotes.
    private func cuts(_ template: Range<Int>) -> Bool {
        template.contains { place in
            switch source[place] {
            case UInt8(ascii: ":"): templates.isSeparator(place + 1)
            case UInt8(ascii: "#"): source[place - 1].isBlank
            case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
                depth > 0
            default: false
            }
        }
    }
}
