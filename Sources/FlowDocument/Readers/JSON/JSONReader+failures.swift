extension JSONReader {
    /// Something else than what has to be at the place of reading.
    func unexpected(_ expected: String, inside start: Position? = nil) -> ReadFailure {
        guard index < source.count else {
            let since =
                start.map { ": \"\(source.text($0.offset..<$0.offset + 1))\" of line \($0.line) is not closed" } ?? ""
            return ReadFailure(
                .syntax,
                "expected \(expected), found the end of the file\(since)",
                span: Span(here, here)
            )
        }
        guard source[index] < 0x80 || source.utf8Length(at: index) != nil else { return notUTF8 }
        guard source[index] >= 0x20 else { return control }
        let found = source.text(index..<tokenEnd)
        let lookalike = found.unicodeScalars.first.flatMap { $0.isLookalikeOfSpace ? $0 : nil }
        return ReadFailure(
            .syntax,
            "expected \(expected), found \(lookalike?.nameAsSpace ?? "\"\(found)\"")",
            span: span(to: tokenEnd),
            help: help(for: found, insteadOf: expected)
        )
    }

    /// What to write in the place of the word or character `found`.
    private func help(for found: String, insteadOf expected: String) -> [String] {
        let isBehindText = source.at(index - 1) == UInt8(ascii: "\"") && expected.hasPrefix("\",")
        return switch source[index] {
        case UInt8(ascii: "'"): ["JSON writes texts in double quotes"]
        case UInt8(ascii: "#"), UInt8(ascii: "/"): ["JSON has no comments"]
        case let byte where isBehindText && (byte.isLetter || byte.isDigit || byte >= 0x80):
            ["a double quote inside a text is written \\\""]
        case UInt8(ascii: "+"):
            numberWithPlus.map { ["numbers with \"+\" are texts: write \($0) in double quotes"] } ?? []
        case let first where first.isLetter:
            Self.literals[found.lowercased()].map { ["write \($0)"] } ?? ["a text is written in double quotes"]
        default: []
        }
    }

    /// The literal that is meant by a word of another language, in lowercase.
    private static let literals = [
        "true": "true", "false": "false", "null": "null", "none": "null", "nil": "null", "undefined": "null",
    ]

    /// The digits at the place of reading, with the `+` before them.
    private var numberWithPlus: String? {
        let digits = source[(index + 1)...].prefix(while: \.isDigit)
        return digits.isEmpty ? nil : source.text(index..<digits.endIndex)
    }

    func failure(_ message: String, help: String) -> ReadFailure {
        ReadFailure(.syntax, message, span: span(to: index + 1), help: [help])
    }

    func trailing(_ comma: Position) -> ReadFailure {
        ReadFailure(
            .syntax,
            "expected another value behind \",\", found \"\(source.text(index..<index + 1))\"",
            span: Span(comma, comma.moved(to: comma.offset + 1, in: source)),
            help: ["remove the comma"]
        )
    }

    /// A control character, inside a string or outside.
    var control: ReadFailure {
        let scalar = Unicode.Scalar(source[index])
        let isBreak = source[index].isLineBreak
        return ReadFailure(
            .syntax,
            isBreak ? "a text ends on its line" : "control character \(scalar.name) is not allowed in JSON",
            span: isBreak ? Span(here, here) : span(to: index + 1),
            help: [isBreak ? "close it with a double quote, or write \\n for a new line" : "write it as an escape"]
        )
    }

    var notUTF8: ReadFailure {
        ReadFailure(
            .unsupportedSyntax,
            "byte \(source[index].hex) is not UTF-8",
            span: Span(here, Position(line: here.line, column: here.column + 1, offset: index + 1)),
            help: ["save the file as UTF-8"]
        )
    }

    func wrongEscape(at start: Position) -> ReadFailure {
        var end = index
        while end < source.count, source[end].isContinuation { end += 1 }
        return ReadFailure(
            .syntax,
            "\"\(source.text(start.offset..<end))\" is not an escape of JSON",
            span: Span(start, start.moved(to: end, in: source)),
            help: ["write \"\\\\\" for a backslash"]
        )
    }

    func halfCharacter(at start: Position) -> ReadFailure {
        ReadFailure(
            .syntax,
            "\"\(source.text(start.offset..<index))\" is one half of a character",
            span: Span(start, here),
            help: ["write both halves, or the character itself"]
        )
    }

    private func span(to end: Int) -> Span { Span(here, here.moved(to: end, in: source)) }

    /// The end of the word, or of the one character, at the place of reading.
    private var tokenEnd: Int {
        var end = index
        while end < source.count, source[end].isLetter || source[end].isDigit { end += 1 }
        return end > index ? end : index + (source.utf8Length(at: index) ?? 1)
    }
}
