/// What no YAML file may hold: bytes that are not UTF-8, NUL and other control characters.
///
/// libyaml would end at the first of them. Here each is reported, and a text without them is parsed in its place.
struct YAMLCharacters {
    /// More of them than this, and the file is no text at all.
    static let bound = 10

    /// The text, each forbidden byte replaced by one that is allowed; nothing has moved.
    private(set) var text: [UInt8]
    private(set) var findings: [Finding] = []
    /// Whether the text is ASCII throughout, a byte order mark aside.
    private(set) var isASCII = true
    /// Substitutes the YAML 1.1 line breaks (U+0085, U+2028, U+2029) before libyaml sees them; nil where there are none.
    private(set) var lineBreaks: OddLineBreaks?
    var isText: Bool { findings.count < Self.bound }

    init(_ source: [UInt8], file: String) {
        text = source
        var lines: SourceLines?
        var hasOddLineBreaks = false
        var index = source.byteOrderMarkLength
        while isText {
            index = Self.endOfPlainText(in: source, from: index)
            if index == source.count { break }
            let length = source.utf8Length(at: index)
            if source[index] >= 0x80, length != nil { isASCII = false }
            if OddLineBreaks.isOne(at: index, of: source) { hasOddLineBreaks = true }
            if let message = Self.complaint(about: source, at: index, length: length) {
                let place = lines ?? SourceLines(source)
                lines = place
                let span = Span(place.position(at: index), place.position(at: index + (length ?? 1)))
                findings.append(Finding(.unsupportedSyntax, message.text, file: file, span: span, help: message.help))
                text.replaceSubrange(index..<index + (length ?? 1), with: Self.substitute(length: length ?? 1))
            }
            index += length ?? 1
        }
        if hasOddLineBreaks { lineBreaks = OddLineBreaks(in: text) }
    }

    /// The end of the bytes from `start` on that need no second look.
    private static func endOfPlainText(in source: [UInt8], from start: Int) -> Int {
        let bytes = source.span
        var end = start
        while end < bytes.count {
            let byte = bytes[end]
            guard byte >= 0x20 && byte < 0x7F || byte == 0x0A || byte == 0x0D || byte == 0x09 else { break }
            end += 1
        }
        return end
    }

    private static func complaint(
        about source: [UInt8],
        at index: Int,
        length: Int?
    ) -> (text: String, help: [String])? {
        guard let length else {
            return ("byte \(source[index].hex) is not UTF-8", ["save the file as UTF-8"])
        }
        guard let scalar = source.text(index..<index + length).unicodeScalars.first else { return nil }
        return switch scalar.value {
        case 0: ("NUL is not allowed in a flow", ["remove it"])
        case 0x85, 0xA0...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...: nil
        case 0xFEFF: ("a byte order mark is allowed at the start of a file only", ["remove it"])
        default:
            (
                "control character \(scalar.name) is not allowed in YAML",
                ["write it as an escape in double quotes, or remove it"]
            )
        }
    }

    /// A character of as many bytes that YAML allows.
    private static func substitute(length: Int) -> [UInt8] {
        switch length {
        case 2: Array("¿".utf8)
        case 3: Array("\u{FFFD}".utf8)
        default: Array(repeating: UInt8(ascii: "_"), count: length)
        }
    }
}

extension UInt8 {
    /// The byte in hexadecimal: `0x0F`.
    var hex: String { "0x" + (self < 0x10 ? "0" : "") + String(self, radix: 16, uppercase: true) }
}

extension Unicode.Scalar {
    /// The number of the character: `U+000F`.
    package var name: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
