/// Tabs that indent nothing: those that begin a line which is blank or holds a comment alone.
///
/// YAML allows them and libyaml does not. Inside a block scalar they stay, as they may be a part of its text.
struct IdleTabs {
    private var source: [UInt8]
    /// How far the key of the block scalar at hand is indented; its text is indented further.
    private var keyOfBlock: Int?
    /// Lines with tabs that may be behind the block scalar at hand, or inside it.
    private var unsure: [Range<Int>] = []
    private var isChanged = false

    /// - Returns: The text with spaces in their place, or nil where there are none.
    static func replaced(in source: [UInt8]) -> [UInt8]? {
        var tabs = IdleTabs(source: source)
        var start = source.byteOrderMarkLength
        while start < source.count {
            let end = source.lineEnd(from: start)
            tabs.take(start..<end)
            start = end + 1
        }
        tabs.endBlock()
        return tabs.isChanged ? tabs.source : nil
    }

    private init(source: [UInt8]) {
        self.source = source
    }

    private mutating func take(_ line: Range<Int>) {
        let text = line.first { !source[$0].isBlank } ?? line.upperBound
        let indentation = (line.first { source[$0] != 0x20 } ?? line.upperBound) - line.lowerBound
        let blanks = line.lowerBound..<text
        let isBlank = text == line.upperBound
        let isIdle = isBlank || source[text] == UInt8(ascii: "#")
        let hasTab = isIdle && line.lowerBound + indentation < text
        if let key = keyOfBlock {
            if hasTab, indentation <= key { return unsure.append(blanks) }
            if isBlank { return }
            if indentation > key { return unsure = [] }
            endBlock()
        }
        if hasTab { return replace(blanks) }
        if !isIdle, opensBlock(text..<line.upperBound) { keyOfBlock = key(text..<line.upperBound, indentation) }
    }

    private mutating func endBlock() {
        for blanks in unsure { replace(blanks) }
        unsure = []
        keyOfBlock = nil
    }

    private mutating func replace(_ blanks: Range<Int>) {
        for place in blanks { source[place] = 0x20 }
        isChanged = true
    }

    /// Whether `|` or `>` may be the last word of a line.
    private func opensBlock(_ line: Range<Int>) -> Bool {
        line.contains { place in
            guard Self.isMark(source[place]), place == line.lowerBound || source[place - 1].isBlank else {
                return false
            }
            let rest = source[place + 1..<line.upperBound]
                .drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") || $0.isDigit }
            guard rest.first?.isBlank != false else { return false }
            return rest.first { !$0.isBlank }.map { $0 == UInt8(ascii: "#") } ?? true
        }
    }

    /// How far the key of a line is indented, or the `-` of an item without one.
    private func key(_ line: Range<Int>, _ indentation: Int) -> Int {
        var key = line.lowerBound
        while source[key] == UInt8(ascii: "-"), source.at(key + 1)?.isBlank == true {
            let next = (key + 1..<line.upperBound).first { !source[$0].isBlank } ?? line.upperBound
            guard next < line.upperBound, !Self.isMark(source[next]) else { break }
            key = next
        }
        // The key stands on a line before.
        if Self.isMark(source[key]) { return 0 }
        return indentation + key - line.lowerBound
    }

    private static func isMark(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "|") || byte == UInt8(ascii: ">") }
}
