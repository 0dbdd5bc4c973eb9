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
    let repair: YAMLRepair

    var source: [UInt8] { repair.source }
    var byte: UInt8? { source.at(place.offset) }

    /// The value whose missing quotes are the reason.
    var unquoted: UnquotedValue? {
        if words.contains("tab character") || byte == UInt8(ascii: "\t") { return nil }
        if isAboutQuotedText { return contextPlace.flatMap(firstUnquoted) }
        if context == "while scanning a block scalar" { return blockScalarHeader }
        if context == "while scanning an alias" || context == "while scanning an anchor" {
            return contextPlace.map(value(from:))
        }
        return cutByColon ?? firstUnquoted(place) ?? contextPlace.flatMap(firstUnquoted) ?? strangeStart
    }

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

    /// A colon inside a value: `a: b: c`.
    private var cutByColon: UnquotedValue? {
        guard isAboutColon, let last, !isAboutContinuedText, isInFlow || !isAtLineEnd else { return nil }
        return UnquotedValue(
            from: last.span.start.offset,
            in: source,
            isInFlow: isInFlow,
            stopsAtColon: false,
            lineOf: place.offset
        )
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
