extension Document {
    /// Writes another text in place of a scalar's, in its style; nil for a block scalar, and for what is no scalar.
    package func edit(_ value: Value, to text: String) -> Edit? {
        guard let style = value.scalar?.style else { return nil }
        return written(text, style).map { Edit(value.span, $0) }
    }

    /// Writes another name in place of a key.
    package func edit(_ key: Key, to text: String) -> Edit? {
        written(text, style(of: key)).map { Edit(key.span, $0) }
    }

    /// Writes another text in place of a part of a scalar's, given in UTF-8 offsets of that text.
    ///
    /// - Returns: nil where it cannot be told which bytes of the file the part is, and where the text would end the scalar or
    ///   mean something else there.
    package func edit(ofUTF8 range: Range<Int>, in value: Value, to text: String) -> Edit? {
        guard let scalar = value.scalar, range.upperBound <= scalar.text.utf8.count else { return nil }
        if range == 0..<scalar.text.utf8.count, let edit = edit(value, to: text) { return edit }
        let span = span(ofUTF8: range, in: value)
        // A span as wide as the value says that the part was not found.
        guard span != value.span || scalar.style == .plain else { return nil }
        switch scalar.style {
        case .singleQuoted: return Edit(span, text.replacing("'", with: "''"))
        case .doubleQuoted, .json: return Self.escaped(text).map { Edit(span, $0) }
        case .plain, .literal, .folded: return Self.staysPlain(text) ? Edit(span, text) : nil
        case .absent: return nil
        }
    }

    /// Puts an entry before the first of a mapping, as that is written; nil for a mapping without entries.
    package func insertion(of key: String, _ text: String, before mapping: Value) -> Edit? {
        guard let first = mapping.entries?.first, Self.isPlain(key), Self.isPlain(text) else { return nil }
        let start = first.key.span.start
        let isInBraces = source.at(mapping.span.start.offset) == UInt8(ascii: "{")
        let separator =
            switch (format, isInBraces && start.line == mapping.span.start.line) {
            case (_, true): ", "
            case (.json, false): ",\n" + String(repeating: " ", count: start.column - 1)
            case (.yaml, false): isInBraces ? ", " : "\n" + String(repeating: " ", count: start.column - 1)
            }
        let entry = format == .json ? "\"\(key)\": \"\(text)\"" : "\(key): \(text)"
        return Edit(Span(start, start), entry + separator)
    }

    /// A whole scalar as the file would have it.
    private func written(_ text: String, _ style: Scalar.Style) -> String? {
        if format == .json { return Self.escaped(text).map { "\"\($0)\"" } }
        switch style {
        case .doubleQuoted: return Self.escaped(text).map { "\"\($0)\"" }
        case .plain where Self.isPlain(text): return text
        case .plain, .singleQuoted:
            return text.contains("\n") ? nil : "'\(text.replacing("'", with: "''"))'"
        case .literal, .folded, .absent, .json: return nil
        }
    }

    /// A text between double quotes; nil for one with control characters.
    private static func escaped(_ text: String) -> String? {
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else { return nil }
        return text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }

    /// Whether a text means the same without quotes, wherever it stands in a flow file.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.first, let last = text.last, first.isLetter || first.isNumber || "+<{/".contains(first),
            last != ":", last != " "
        else { return false }
        // A brace by itself would begin a mapping; two begin a template.
        guard first != "{" || text.hasPrefix("{{") else { return false }
        return staysPlain(text)
    }

    /// Whether a text in the middle of another without quotes leaves that one text.
    private static func staysPlain(_ text: String) -> Bool {
        !text.contains(": ") && text.last != ":"
            && text.allSatisfy { $0.isLetter || $0.isNumber || " _-+./:@%<>{}=&?~".contains($0) }
    }
}
