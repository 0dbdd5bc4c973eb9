extension JSONReader {
    /// Reads the string whose opening quote is at the place of reading.
    mutating func string() throws(ReadFailure) -> String {
        let opening = here
        index += 1
        let start = index
        skipASCII()
        if byte == UInt8(ascii: "\"") {
            index += 1
            return source.text(start..<index - 1)
        }
        var text = Array(source[start..<index])
        while true {
            guard index < source.count else {
                throw ReadFailure(
                    .syntax,
                    "the text that begins with \"\"\" is not closed",
                    span: Span(opening, opening.moved(to: opening.offset + 1, in: source))
                )
            }
            switch source[index] {
            case UInt8(ascii: "\""):
                index += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20: throw control
            case 0..<0x80:
                let first = index
                skipASCII()
                text += source[first..<index]
            default:
                guard let length = source.utf8Length(at: index) else { throw notUTF8 }
                text += source[index..<index + length]
                index += length
                continuations += length - 1
            }
        }
    }

    /// Goes on to the next byte that is not simply a character of the string.
    private mutating func skipASCII() { index = Self.endOfSimpleText(in: source, from: index) }

    private static func endOfSimpleText(in source: [UInt8], from start: Int) -> Int {
        let bytes = source.span
        var end = start
        while end < bytes.count {
            let byte = bytes[end]
            guard byte >= 0x20, byte < 0x80, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") else { break }
            end += 1
        }
        return end
    }

    private mutating func escape(into text: inout [UInt8]) throws(ReadFailure) {
        let start = here
        index += 1
        let letter = byte
        index += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text += UTF8.encode(try character(escapedAt: start)).map(Array.init) ?? []
        default:
            index = min(index, source.count)
            throw wrongEscape(at: start)
        }
    }

    /// The character of `\uXXXX`, or of two of them where it is beyond U+FFFF.
    ///
    /// Reading is behind the first `u`.
    private mutating func character(escapedAt start: Position) throws(ReadFailure) -> Unicode.Scalar {
        let first = try digits(escapedAt: start)
        if let scalar = Unicode.Scalar(first) { return scalar }
        let isPair = first < 0xDC00 && byte == UInt8(ascii: "\\") && source.at(index + 1) == UInt8(ascii: "u")
        guard isPair else { throw halfCharacter(at: start) }
        let half = Span(start, here)
        index += 2
        let second = try digits(escapedAt: start)
        guard 0xDC00...0xDFFF ~= second,
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else {
            index = half.end.offset
            throw halfCharacter(at: start)
        }
        return scalar
    }

    private mutating func digits(escapedAt start: Position) throws(ReadFailure) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = byte.hexDigit else { throw wrongEscape(at: start) }
            value = value << 4 | digit
            index += 1
        }
        return value
    }
}

extension UInt8 {
    /// The value of a hexadecimal digit.
    var hexDigit: UInt32? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(self) - 0x30
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(self) - 0x37
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(self) - 0x57
        default: nil
        }
    }
}
