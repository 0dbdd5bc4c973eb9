extension JSONReader {
    /// Goes over a number: `-`, digits without a leading zero, `.` and digits, `e` and digits.
    mutating func number() throws(ReadFailure) {
        if byte == UInt8(ascii: "-") { index += 1 }
        if byte == UInt8(ascii: "0") {
            index += 1
            if byte.isDigit { throw failure("a number does not begin with 0", help: "write it in double quotes") }
        } else {
            try digits(behind: "\"-\"")
        }
        if byte == UInt8(ascii: ".") {
            index += 1
            try digits(behind: "\".\"")
        }
        if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            index += 1
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { index += 1 }
            try digits(behind: "the \"e\" of a number")
        }
    }

    private mutating func digits(behind what: String) throws(ReadFailure) {
        guard byte.isDigit else { throw unexpected("a digit behind \(what)") }
        while byte.isDigit { index += 1 }
    }

    /// Goes over `true`, `false` or `null`.
    mutating func word(_ word: StaticString) throws(ReadFailure) {
        let start = here
        for offset in 0..<word.utf8CodeUnitCount {
            guard byte == word.utf8Start[offset] else {
                index = start.offset
                throw unexpected("a value")
            }
            index += 1
        }
    }
}

extension UInt8 {
    var isDigit: Bool { self &- 0x30 < 10 }
}
