extension ScalarMap {
    /// Reads a JSON string.
    mutating func readJSON() {
        index += 1
        while index < range.upperBound - 1, let byte {
            if byte == UInt8(ascii: "\\") {
                readEscape()
            } else {
                copy(before: range.upperBound - 1) { $0 != UInt8(ascii: "\\") }
            }
        }
    }

    /// Reads an escape of JSON or YAML; YAML's go beyond JSON's and mean the same where both have one.
    mutating func readEscape() {
        let start = index
        let letter = source.at(index + 1) ?? 0
        index += 2
        switch letter {
        case UInt8(ascii: "x"): appendNumber(digits: 2, from: start)
        case UInt8(ascii: "u"): appendNumber(digits: 4, from: start)
        case UInt8(ascii: "U"): appendNumber(digits: 8, from: start)
        default: append(Self.meaning(of: letter).utf8, from: start)
        }
    }

    private mutating func appendNumber(digits: Int, from start: Int) {
        var value = number(digits)
        if 0xD800...0xDBFF ~= value, byte == UInt8(ascii: "\\"), source.at(index + 1) == UInt8(ascii: "u") {
            index += 2
            value = 0x10000 + (value - 0xD800) << 10 + (max(number(4), 0xDC00) - 0xDC00)
        }
        append(String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8, from: start)
    }

    private mutating func number(_ digits: Int) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<digits {
            value = value << 4 | (byte?.hexDigit ?? 0)
            index += 1
        }
        return value
    }

    private static func meaning(of letter: UInt8) -> String {
        switch letter {
        case UInt8(ascii: "0"): "\0"
        case UInt8(ascii: "a"): "\u{07}"
        case UInt8(ascii: "b"): "\u{08}"
        case UInt8(ascii: "t"), 0x09: "\t"
        case UInt8(ascii: "n"): "\n"
        case UInt8(ascii: "v"): "\u{0B}"
        case UInt8(ascii: "f"): "\u{0C}"
        case UInt8(ascii: "r"): "\r"
        case UInt8(ascii: "e"): "\u{1B}"
        case UInt8(ascii: "N"): "\u{85}"
        case UInt8(ascii: "_"): "\u{A0}"
        case UInt8(ascii: "L"): "\u{2028}"
        case UInt8(ascii: "P"): "\u{2029}"
        default: String(Unicode.Scalar(letter))
        }
    }
}
