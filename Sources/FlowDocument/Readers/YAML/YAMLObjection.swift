/// What libyaml objects to, turned into what an author can do about it.
struct YAMLObjection {
    /// libyaml's words.
    let words: String
    /// What it was doing, in its words, and since where.
    let context: String
    let place: Position
    let contextPlace: Position?
    /// The scalar before.
    let last: (style: Scalar.Style, span: Span)?
    /// Whether the objection is inside brackets, and where the innermost list or mapping begins.
    let isInFlow: Bool
    let flowStart: Position?
    /// Where the outermost list or mapping in brackets begins.
    let outermostFlowStart: Position?
    let repair: YAMLRepair

    var source: [UInt8] { repair.source }
    var byte: UInt8? { source.at(place.offset) }

    /// The value whose missing quotes are the reason.
    var unquoted: UnquotedValue? {
        if isAboutTab { return nil }
        if isAboutQuotedText { return contextPlace.flatMap(firstUnquoted) }
        if context == "while scanning a block scalar" { return blockScalarHeader }
        if context == "while scanning an alias" || context == "while scanning an anchor" {
            return contextPlace.map(value(from:))
        }
        return cutByComment ?? cutByColon ?? cutByQuote ?? firstUnquoted(place) ?? contextPlace.flatMap(firstUnquoted)
            ?? strangeStart
    }

    var isAboutTab: Bool { words.contains("tab character") || byte == UInt8(ascii: "\t") }
    var isAboutQuotedText: Bool { context.hasSuffix("a quoted scalar") }
    /// Whether a `:` that ends a plain text is what it objects to.
    var isAboutColon: Bool {
        guard byte == UInt8(ascii: ":"), let last, last.style == .plain else { return false }
        return last.span.end.offset == place.offset
    }
    /// Whether the plain text before goes over several lines without a template that would explain it.
    var isAboutContinuedText: Bool {
        guard let last, last.span.start.line < place.line else { return false }
        let range = last.span.start.offset..<last.span.end.offset
        return !YAMLTemplates(source, lineOf: place.offset).isCut(range)
    }
    /// Whether nothing but blanks is behind the place on its line.
    var isAtLineEnd: Bool {
        source[min(place.offset + 1, source.count)..<source.lineEnd(from: place.offset)].allSatisfy(\.isBlank)
    }
    /// Whether nothing but blanks is before the place on its line.
    var isAtLineStart: Bool {
        source[source.lineStart(before: place.offset)..<place.offset].allSatisfy(\.isBlank)
    }

    /// The opening bracket of the list or mapping at hand.
    private var bracket: Span? {
        guard isInFlow else { return nil }
        let start = [flowStart, contextPlace, outermostFlowStart].lazy.compactMap(\.self).first { place in
            source.at(place.offset) == UInt8(ascii: "[") || source.at(place.offset) == UInt8(ascii: "{")
        }
        return start.map { Span($0, $0.moved(to: $0.offset + 1, in: source)) }
    }

    /// The opening bracket, where it is never closed and the place is on a later line, or at the end of the text.
    var unclosedBracket: Span? {
        guard let bracket, bracket.start.line < place.line || byte == nil else { return nil }
        var search = BracketSearch(repair, from: bracket.start.offset)
        return search.isClosed() ? nil : bracket
    }

    /// The key before the `:` that it objects to, where nothing but the `,` before it seems to be missing.
    ///
    /// That is so for the first word of a line. In a line `speak: Please note: …` is as likely, so the word has to look like
    /// a key, or there have to be no more words than those two and one value.
    var wordBehindMissingComma: Span? {
        guard isInFlow, isAboutColon, let last else { return nil }
        let text = last.span.start.offset..<place.offset
        var start = place.offset
        while start > text.lowerBound, source[start - 1].isWord { start -= 1 }
        guard start > text.lowerBound, start < place.offset, !source[start].isDigit else { return nil }
        guard source[start - 1].isBlank || source[start - 1].isLineBreak else { return nil }
        let line = source.lineStart(before: start)
        let isFirst = source[line..<start].allSatisfy(\.isBlank)
        let isKey = source[start..<place.offset].contains(UInt8(ascii: "_"))
        guard isFirst || isKey || isBetweenWords(text.lowerBound..<start) else { return nil }
        guard !YAMLTemplates(source, lineOf: place.offset).isCut(text) else { return nil }
        let lineStart = Position(line: place.line, column: 1, offset: line)
        return Span(lineStart.moved(to: start, in: source), place)
    }

    /// Whether `text` is one word, and one is all that is behind the `:` at the place.
    private func isBetweenWords(_ text: Range<Int>) -> Bool {
        let end = YAMLTemplates(source, lineOf: place.offset)
            .valueEnd(from: place.offset + 1, isInFlow: true, stopsAtColon: false)
        func isWord(_ range: Range<Int>) -> Bool { source[range].split(whereSeparator: \.isBlank).count == 1 }
        return isWord(text) && isWord(place.offset + 1..<max(end, place.offset + 1))
    }

    /// A comment inside a value in brackets: `[a #1]`.
    private var cutByComment: UnquotedValue? {
        guard isInFlow, let outermostFlowStart else { return nil }
        var search = BracketSearch(repair, from: outermostFlowStart.offset)
        return search.valueCutByComment(before: place.offset)
    }

    /// A colon inside a value: `a: b: c`.
    private var cutByColon: UnquotedValue? {
        guard isAboutColon, let last, !isAboutContinuedText, isInFlow || !isAtLineEnd else { return nil }
        if unclosedBracket != nil || wordBehindMissingComma != nil { return nil }
        return UnquotedValue(
            from: last.span.start.offset,
            in: source,
            isInFlow: isInFlow,
            stopsAtColon: false,
            lineOf: place.offset
        )
    }

    /// A quote inside a text in quotes of its kind: `'We're sorry'`.
    private var cutByQuote: UnquotedValue? {
        guard let last, last.style == .singleQuoted || last.style == .doubleQuoted, let byte, byte.isWord else {
            return nil
        }
        guard last.span.end.offset == place.offset, last.span.start.line == place.line else { return nil }
        let start = last.span.start.offset
        let templates = YAMLTemplates(source, lineOf: place.offset)
        var index = place.offset
        while !templates.isEnd(index) {
            if source[index] == source[start], endsItem(index + 1, templates) { break }
            index += 1
        }
        // An escape means another character once it stands in single quotes.
        guard !templates.isEnd(index), !source[start..<index].contains(UInt8(ascii: "\\")) else { return nil }
        return UnquotedValue(range: start..<index + 1, isInFlow: isInFlow)
    }

    /// Whether nothing more of an item can stand at `place`.
    private func endsItem(_ place: Int, _ templates: YAMLTemplates) -> Bool {
        var index = place
        while !templates.isEnd(index), source[index].isBlank { index += 1 }
        guard !templates.isEnd(index) else { return true }
        switch source[index] {
        case UInt8(ascii: "#"): return index > place
        case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"): return isInFlow
        default: return false
        }
    }

    /// A first character that YAML keeps for itself: `a: @b`.
    private var strangeStart: UnquotedValue? {
        guard words == "found character that cannot start any token", let byte else { return nil }
        guard "@`%|>".utf8.contains(byte) else { return nil }
        return value(from: place)
    }

    /// A text that begins like a block scalar: `a: > b`.
    private var blockScalarHeader: UnquotedValue? {
        guard words == "did not find expected comment or line break", let contextPlace else { return nil }
        return value(from: contextPlace)
    }

    private func value(from start: Position) -> UnquotedValue {
        UnquotedValue(from: start.offset, in: source, isInFlow: isInFlow, stopsAtColon: false)
    }

    private func firstUnquoted(_ place: Position) -> UnquotedValue? {
        let begins = flowStart.map { isInFlow && $0.line < place.line } ?? false
        return UnquotedValue.first(onLineOf: place.offset, in: repair, isInFlow: begins)
    }
}
