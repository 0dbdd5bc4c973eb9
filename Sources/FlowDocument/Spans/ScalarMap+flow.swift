extension ScalarMap {
    /// Reads a scalar without quotes.
    mutating func readPlain() {
        while let byte {
            if byte.isBlank || byte.isLineBreak {
                readBlanks()
            } else {
                copy(before: range.upperBound) { !$0.isBlank && !$0.isLineBreak }
            }
        }
    }

    /// Reads a scalar in single quotes.
    mutating func readSingleQuoted() {
        let quote = UInt8(ascii: "'")
        index += 1
        while index < range.upperBound - 1, let byte {
            if byte == quote {
                index += 2
                append([quote], from: index - 2)
            } else if byte.isBlank || byte.isLineBreak {
                readBlanks()
            } else {
                copy(before: range.upperBound - 1) { $0 != quote && !$0.isBlank && !$0.isLineBreak }
            }
        }
    }

    /// Reads a scalar in YAML's double quotes.
    mutating func readDoubleQuoted() {
        index += 1
        while index < range.upperBound - 1, let byte {
            if byte == UInt8(ascii: "\\") {
                if source.at(index + 1)?.isLineBreak == true {
                    index += 1
                    readFold(joinsLines: true)
                } else {
                    readEscape()
                }
            } else if byte.isBlank || byte.isLineBreak {
                readBlanks()
            } else {
                copy(before: range.upperBound - 1) { $0 != UInt8(ascii: "\\") && !$0.isBlank && !$0.isLineBreak }
            }
        }
    }

    /// Reads blanks: as they are within a line, and as a fold where a line ends.
    private mutating func readBlanks() {
        let start = index
        while byte?.isBlank == true { index += 1 }
        if byte?.isLineBreak == true { return readFold(joinsLines: false, from: start) }
        let length = index - start
        index = start
        copy(length)
    }

    /// Reads line breaks and the blanks around them: one becomes a blank, or nothing behind a backslash, and each further
    /// one stays.
    private mutating func readFold(joinsLines: Bool, from blanks: Int? = nil) {
        let start = blanks ?? index - 1
        var breaks: [Range<Int>] = []
        while let byte, byte.isBlank || byte.isLineBreak {
            let isBreak = byte.isLineBreak
            let first = index
            index += byte == 0x0D && source.at(index + 1) == 0x0A ? 2 : 1
            if isBreak { breaks.append(first..<index) }
        }
        if breaks.count == 1, !joinsLines { append([0x20], from: start) }
        let end = index
        for line in breaks.dropFirst() {
            index = line.upperBound
            append([0x0A], from: line.lowerBound)
        }
        index = end
    }
}
