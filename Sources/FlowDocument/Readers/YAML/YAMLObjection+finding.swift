extension YAMLObjection {
    /// The objection in the words of flowd.
    func finding(file: String) -> Finding {
        let failure = self.failure
        var finding = failure.finding(in: file)
        if let contextPlace, contextPlace != failure.span.start, words.hasPrefix("did not find expected ',' or") {
            let end = contextPlace.moved(to: contextPlace.offset + 1, in: source)
            finding.related = [Finding.Related("opened here", file: file, span: Span(contextPlace, end))]
        }
        return finding
    }

    private var failure: ReadFailure {
        if isAboutTab { return tab }
        if isAboutQuotedText { return quotedText }
        if !isInFlow, let odd = OddIndentation(before: place.offset, in: source) { return odd.failure }
        if let bracket = unclosedBracket {
            let closing = source[bracket.start.offset] == UInt8(ascii: "[") ? "\"]\"" : "\"}\""
            return syntax("\(quote(bracket)) opened here is not closed", bracket, help: ["write \(closing) at its end"])
        }
        if let word = wordBehindMissingComma {
            return syntax("a \",\" is missing before \(quote(word))", word, help: textHelp)
        }
        if isAboutColon { return colon }
        switch words {
        case "could not find expected ':'":
            let start = contextPlace ?? place
            let text = firstLine(from: start)
            if let missing = MissingSpace(text, in: source) { return missing.failure }
            return syntax("expected \":\" and a value behind \(quote(text))", text)
        case "block sequence entries are not allowed in this context":
            return syntax(
                "a list cannot begin here",
                help: ["put \"- \" on a line of its own, under its key", "quote the value if it is a text"]
            )
        case "mapping keys are not allowed in this context", "mapping values are not allowed in this context":
            return syntax("a key cannot stand here", help: ["put it on a line of its own, under its key"])
        case "did not find expected key": return misplaced(expected: "a key")
        case "did not find expected '-' indicator": return misplaced(expected: "\"- \" and the next item of the list")
        case "did not find expected ',' or ']'":
            return syntax("expected \",\" or \"]\", found \(found)", help: quoteHelp)
        case "did not find expected ',' or '}'":
            return syntax("expected \",\" or \"}\", found \(found)", help: quoteHelp)
        case "found unexpected ':'": return syntax("a space is missing behind \":\"", help: ["write \": \""])
        case "did not find expected node content": return syntax("expected a value, found \(found)")
        case "did not find expected <document start>":
            return syntax("expected the end of the file, found \(found)")
        case "did not find expected comment or line break":
            return syntax("expected the end of the line behind \"|\" or \">\", found \(found)")
        case "found character that cannot start any token": return syntax("no value begins with \(found)")
        case "found undefined tag handle", "did not find expected tag URI":
            return ReadFailure(
                .unsupportedSyntax,
                "tags are not allowed in a flow",
                span: token,
                help: ["quote the value if \"!\" belongs to it"]
            )
        case _ where context == "while scanning a directive" || words == "found incompatible YAML document":
            return directive
        default: return syntax(words.lowercased())
        }
    }

    private var directive: ReadFailure {
        let start = contextPlace ?? place
        let line = Span(start, start.moved(to: source.lineEnd(from: start.offset), in: source))
        return ReadFailure(
            .unsupportedSyntax,
            "directive \(quote(line)) is not allowed in a flow",
            span: line,
            help: ["remove the line"]
        )
    }

    private var tab: ReadFailure {
        ReadFailure(
            .unsupportedSyntax,
            "a tab is not allowed in the indentation of YAML",
            span: Span(place, place.moved(to: place.offset + 1, in: source)),
            help: ["use spaces"]
        )
    }

    private var quotedText: ReadFailure {
        let opening = contextPlace ?? place
        let mark = Span(opening, opening.moved(to: opening.offset + 1, in: source))
        if words.hasPrefix("found unexpected") {
            return syntax("the text that begins with \(quote(mark)) is not closed", mark)
        }
        // The place of an escape is its backslash, or somewhere in its digits.
        var start = place.offset
        while start > opening.offset, source.at(start) != UInt8(ascii: "\\") { start -= 1 }
        let first = opening.moved(to: start, in: source)
        let length = source.at(start + 1) == UInt8(ascii: "u") ? 6 : 2
        let last = min(start + length, source.lineEnd(from: start))
        let escape = Span(first, first.moved(to: last, in: source))
        let help =
            words.contains("Unicode")
            ? "write the character itself" : "write \"\\\\\" for a backslash, or use single quotes"
        return syntax("\(quote(escape)) is not an escape of YAML", escape, help: [help])
    }

    private var colon: ReadFailure {
        guard let last else { return syntax("a key cannot stand here") }
        if isAboutContinuedText {
            let text = firstLine(from: last.span.start)
            if isFirstOnLine(text), let missing = MissingSpace(text, in: source) { return missing.failure }
            let start = source[..<place.offset].lastIndex { $0.isLineBreak }.map { $0 + 1 } ?? 0
            let line = Position(line: place.line, column: 1, offset: start)
            let word = source[start...].firstIndex { !$0.isBlank } ?? start
            return syntax(
                "this line continues \(quote(text)), so no key can stand in it",
                Span(line.moved(to: word, in: source), place),
                help: [
                    "put \":\" behind \(quote(text)) if that is a key",
                    "check the indentation of this line if it is not",
                ]
            )
        }
        return syntax(
            "key \(quote(last.span)) cannot stand on the line of another key",
            last.span,
            help: ["put it on a line of its own, under that key"]
        )
    }

    /// The text at `start` up to the end of its line, without a comment.
    private func firstLine(from start: Position) -> Span {
        let end = YAMLTemplates(source, lineOf: start.offset)
            .valueEnd(from: start.offset, isInFlow: false, stopsAtColon: false)
        return Span(start, start.moved(to: end, in: source))
    }

    /// Whether nothing is before the text on its line.
    private func isFirstOnLine(_ text: Span) -> Bool {
        source[source.lineStart(before: text.start.offset)..<text.start.offset]
            .allSatisfy(\.isBlank)
    }

    /// Something that fits neither what is before it nor the indentation.
    private func misplaced(expected: String) -> ReadFailure {
        if let last, last.style == .plain, last.span.end.line < place.line {
            let text = firstLine(from: last.span.start)
            if isFirstOnLine(text), let missing = MissingSpace(text, in: source) { return missing.failure }
        }
        if byte == nil { return syntax("expected \(expected), found the end of the file") }
        guard isAtLineStart else { return syntax("expected the end of the line, found \(found)", help: textHelp) }
        return syntax("expected \(expected), found \(found)", help: ["check the indentation of this line"])
    }

    private var quoteHelp: [String] { byte == nil ? [] : ["quote a text that holds one of , [ ] { }"] }
    private var textHelp: [String] { ["quote the whole value if it is one text"] }

    private func syntax(_ message: String, _ span: Span? = nil, help: [String] = []) -> ReadFailure {
        ReadFailure(.syntax, message, span: span ?? token, help: help)
    }

    /// The text at `span` in quotes, with the name of a character in it that nobody sees.
    private func quote(_ span: Span) -> String {
        let text = source.text(span.start.offset..<span.end.offset)
        let hidden = text.unicodeScalars.first(where: \.isLookalikeOfSpace)
        return "\"\(text)\"" + (hidden.map { ", with \($0.nameAsSpace) in it" } ?? "")
    }

    /// What stands at the place, in the words of a message.
    private var found: String {
        guard let byte else { return "the end of the file" }
        return byte.isLineBreak ? "the end of the line" : quote(token)
    }

    /// The word at the place: letters and digits together, anything else alone.
    private var token: Span {
        var end = place.offset
        while let byte = source.at(end), byte.isWord { end += 1 }
        if end == place.offset, let byte, !byte.isLineBreak {
            end += source.utf8Length(at: end) ?? 1
        }
        return Span(place, place.moved(to: end, in: source))
    }
}

extension UInt8 {
    /// Whether it belongs to a word: an ASCII letter or digit, `_`, `-`, `%`, or a part of a letter beyond ASCII.
    var isWord: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "%"): true
        default: self >= 0x80
        }
    }
}
