/// A value of a YAML file that has to be quoted and is not.
struct UnquotedValue {
    /// Where it stands in the source.
    let range: Range<Int>
    /// Whether it is an item in brackets.
    let isInFlow: Bool

    func finding(in source: [UInt8], file: String, lines: SourceLines) -> Finding {
        let span = Span(lines.position(at: range.lowerBound), lines.position(at: range.upperBound))
        return finding(in: source, file: file, span: span)
    }

    /// - Parameter span: that of the value.
    func finding(in source: [UInt8], file: String, span: Span) -> Finding {
        let text = source.text(range)
        if let split = SplitTemplate(at: range.lowerBound, in: source), split.range == range {
            return Finding(
                .syntax,
                "quote this value: a formatter has set the braces of \"\(split.template)\" apart",
                file: file,
                span: span,
                help: ["write \(Self.quoted(split.template))"]
            )
        }
        let mayBePairs = text.hasPrefix("{") && !text.hasPrefix("{{") && text.hasSuffix("}")
        return Finding(
            .syntax,
            "quote this value: \(reason(for: text))",
            file: file,
            span: span,
            help: ["write \(Self.quoted(text))"]
                + (mayBePairs ? ["or write \": \" and a value behind each key, if pairs are meant"] : [])
        )
    }

    /// What YAML makes of the value as it is.
    private func reason(for text: String) -> String {
        if text.hasPrefix("{{") { return "YAML reads \"{{\" at its start as a mapping" }
        switch text.first {
        case "{": return "YAML reads \"{\" at its start as a mapping"
        case "[": return "YAML reads \"[\" at its start as a list"
        case "*": return "YAML reads \"*\" at its start as an alias"
        case "#": return "YAML reads \"#\" at its start as a comment"
        case "&": return "YAML reads \"&\" at its start as an anchor"
        case "\"", "'": return "YAML ends it at the next quote of the same kind"
        case .some(let first) where "@`%|>!".contains(first): return "YAML allows no \"\(first)\" at its start"
        default: break
        }
        let cuts = [": ", " #"] + (isInFlow ? [",", "[", "]", "{", "}"] : [])
        let cut = cuts.compactMap { Self.firstOffset(of: $0, in: text) }.min { $0.offset < $1.offset }
        return switch cut?.text {
        case ": ": "YAML reads \": \" in it as the end of a key"
        case " #": "YAML reads \" #\" in it as the start of a comment"
        case .some(let cut): "inside [ ] or { } YAML reads \"\(cut)\" in it as the end of an item"
        case nil: "YAML reads it as something else than a text"
        }
    }

    private static func firstOffset(of part: String, in text: String) -> (offset: Int, text: String)? {
        let (part, text) = (Array(part.utf8), Array(text.utf8))
        guard text.count >= part.count else { return nil }
        let offset = (0...text.count - part.count).first { text[$0..<$0 + part.count].elementsEqual(part) }
        return offset.map { ($0, String(decoding: part, as: UTF8.self)) }
    }

    /// The value as it should be written: in single quotes, its own quotes doubled, on one line.
    private static func quoted(_ text: String) -> String {
        var text = text.split { ["\n", "\r", "\r\n"].contains($0) }
            .map { $0.trimmingPrefix(while: \.isWhitespace) }
            .joined(separator: " ")
        if text.count > 1, let first = text.first, first == text.last, first == "\"" || first == "'" {
            text = String(text.dropFirst().dropLast())
        }
        return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    }
}
