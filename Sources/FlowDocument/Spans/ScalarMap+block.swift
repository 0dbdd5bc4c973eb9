extension ScalarMap {
    /// Reads a block scalar, `|` or, with `folds`, `>`.
    ///
    /// How far it is indented is not in its header, but ``text`` tells: what the first line with text has more in the source.
    mutating func readBlock(folds: Bool) {
        let lines = contentLines()
        guard let first = lines.first(where: { !isEmpty($0) }) else { return finish(at: range.upperBound) }
        let wanted = text.drop { $0 == 0x0A }.prefix { $0 == 0x20 }.count
        let indent = source[first].prefix { $0 == 0x20 }.count - wanted
        guard indent >= 0 else { return }

        /// The breaks since the last line with text, the first of them its own.
        var breaks: [Range<Int>] = []
        var isBehindText = false
        var isBehindBlank = false
        for line in lines {
            let content = min(line.lowerBound + indent, line.upperBound)..<line.upperBound
            if !content.isEmpty {
                let beginsBlank = source[content.lowerBound].isBlank
                let isFolded = folds && isBehindText && !isBehindBlank && !beginsBlank
                take(breaks, isFolded: isFolded)
                breaks = []
                (isBehindText, isBehindBlank) = (true, beginsBlank)
                index = content.lowerBound
                copy(content.count)
            }
            breaks.append(line.upperBound..<lineBreakEnd(line.upperBound))
        }
        finish(at: range.upperBound)
    }

    /// The lines behind the header, without their breaks.
    private func contentLines() -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = lineBreakEnd(source.lineEnd(from: range.lowerBound))
        while start < range.upperBound {
            let end = min(source.lineEnd(from: start), range.upperBound)
            lines.append(start..<end)
            start = max(lineBreakEnd(end), start + 1)
        }
        return lines
    }

    private func isEmpty(_ line: Range<Int>) -> Bool { source[line].allSatisfy { $0 == 0x20 } }

    private func lineBreakEnd(_ place: Int) -> Int {
        guard let byte = source.at(place), byte.isLineBreak else { return place }
        return place + (byte == 0x0D && source.at(place + 1) == 0x0A ? 2 : 1)
    }

    /// Takes the breaks before a line: all of them, or, folded, a blank for one and all but the first of several.
    private mutating func take(_ breaks: [Range<Int>], isFolded: Bool) {
        for (number, line) in breaks.enumerated() {
            index = line.upperBound
            if !isFolded || number > 0 {
                append([0x0A], from: line.lowerBound)
            } else if breaks.count == 1 {
                append([0x20], from: line.lowerBound)
            }
        }
    }

    /// Takes the breaks at the end, of which the header says how many stay, from the text itself.
    private mutating func finish(at end: Int) {
        guard count < text.count, text[count...].allSatisfy({ $0 == 0x0A }) else { return }
        index = end
        append(text[count...], from: end)
    }
}
