extension Position {
    /// The place of byte `target` of the text that this position is in, at or behind it.
    func moved(to target: Int, in source: [UInt8]) -> Position {
        let end = min(target, source.count)
        guard offset < end else { return self }
        // Many findings may lie in one long text.
        if let breaks = source.plainBreaks(in: offset..<end) {
            guard breaks > 0, let last = source[offset..<end].lastIndex(of: 0x0A) else {
                return Position(line: line, column: column + end - offset, offset: end)
            }
            return Position(line: line + breaks, column: end - last, offset: end)
        }
        var (line, column, index) = (line, column, offset)
        while index < end {
            let byte = source[index]
            index = source.characterEnd(at: index)
            if byte == 0x0A || byte == 0x0D && source.at(index) != 0x0A {
                line += 1
                column = 1
            } else {
                column += 1
            }
        }
        return Position(line: line, column: column, offset: index)
    }
}

extension [UInt8] {
    /// The number of line feeds, or nil where there are carriage returns or characters of several bytes.
    fileprivate func plainBreaks(in range: Range<Int>) -> Int? {
        let bytes = span.extracting(range)
        var kinds: UInt8 = 0
        // Without a branch, so that it is done for many bytes at a time.
        for index in bytes.indices {
            let byte = bytes[index]
            kinds |= byte & 0x80 | (byte == 0x0D ? 2 : 0) | (byte == 0x0A ? 1 : 0)
        }
        guard kinds == 1 else { return kinds == 0 ? 0 : nil }
        return self[range].count { $0 == 0x0A }
    }
}
