extension YAMLPass {
    /// Opens a list or a mapping.
    mutating func open(isMapping: Bool, isFlow: Bool, _ event: YAMLEvent) throws(ReadFailure) {
        var start = positions.position(event.start)
        if event.hasProperties {
            start = takeProperties(of: event, span: Span(start, positions.position(event.end))).start
        }
        if isMapping, isFlow, !tree.expectsKey, let split = SplitTemplate(at: start.offset, in: source) {
            unquoted.append(UnquotedValue(range: split.range, isInFlow: tree.isInFlow))
        } else if isMapping, isFlow, isTemplate(at: start.offset) {
            unquoted.append(unquotedValue(Span(start, start)))
        } else if isFlow, isText(at: start) {
            unquoted.append(unquotedValue(Span(start, start)))
        } else if tree.expectsKey {
            report(
                ReadFailure(
                    .unsupportedSyntax,
                    "a key has to be a text, and this is a \(isMapping ? "mapping" : "list")",
                    span: Span(start, start.moved(to: start.offset + 1, in: source)),
                    help: ["quote it if it is a text"]
                )
            )
        }
        try tree.open(isMapping: isMapping, isFlow: isFlow, at: start)
    }

    /// Whether the mapping at `offset` is what libyaml makes of `{{`.
    private func isTemplate(at offset: Int) -> Bool {
        source.at(offset) == UInt8(ascii: "{") && source.at(offset + 1) == UInt8(ascii: "{")
    }

    /// Whether the list or mapping in brackets at `start` is a text.
    private func isText(at start: Position) -> Bool {
        guard !tree.isInFlow, !tree.isComplete, !tree.expectsKey else { return false }
        let isBehindKey = tree.pendingKey?.span.end.line == start.line
        return BracketedText(at: start.offset, in: source)?.isText(isBehindKey: isBehindKey) ?? false
    }

    /// Reports the anchor and the tag in front of a value.
    ///
    /// - Returns: The span of the value itself.
    mutating func takeProperties(of event: YAMLEvent, span: Span) -> Span {
        var place = span.start
        while let mark = source.at(place.offset), mark == UInt8(ascii: "&") || mark == UInt8(ascii: "!") {
            let end = place.moved(to: propertyEnd(from: place.offset), in: source)
            let text = source.text(place.offset..<end.offset)
            if mark == UInt8(ascii: "&") { anchors[String(text.dropFirst())] = textForAliases(of: event) }
            report(property(text, span: Span(place, end)))
            place = end.moved(to: nextToken(from: end.offset), in: source)
        }
        if case .scalar = event.kind, place > span.end { return Span(span.end, span.end) }
        return Span(place, max(place, span.end))
    }

    /// What stands where an alias does: a word or a number, so that aliases do not make much of a small file.
    private func textForAliases(of event: YAMLEvent) -> String {
        guard let text = event.scalar?.text, text.utf8.count <= 64 else { return "" }
        return text
    }

    private func property(_ text: String, span: Span) -> ReadFailure {
        let isAnchor = text.hasPrefix("&")
        return ReadFailure(
            .unsupportedSyntax,
            "\(isAnchor ? "anchor" : "tag") \"\(text)\" is not allowed in a flow",
            span: span,
            help: [
                isAnchor ? "write the value out wherever it is used" : "remove it: every value is a text as written",
                "quote the value if \"\(text.prefix(1))\" belongs to it",
            ]
        )
    }

    private func propertyEnd(from start: Int) -> Int {
        var end = start + 1
        while let byte = source.at(end), !byte.isBlank, !byte.isLineBreak, !isFlowIndicator(byte) { end += 1 }
        return end
    }

    private func isFlowIndicator(_ byte: UInt8) -> Bool {
        tree.isInFlow && [UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}")].contains(byte)
    }

    /// The next place that is neither blank nor in a comment.
    func nextToken(from start: Int) -> Int {
        var index = start
        while let byte = source.at(index) {
            if byte == UInt8(ascii: "#") {
                index = source.lineEnd(from: index)
            } else if byte.isBlank || byte.isLineBreak {
                index += 1
            } else {
                break
            }
        }
        return index
    }

    // MARK: Entries

    /// Detects a flow entry without ":" (the tail of an unquoted text that contains a comma).
    ///
    /// - Parameter key: the entry.
    mutating func lookForColon(behind key: Key) {
        guard !key.text.isEmpty, explicitKeyMark(before: key.span.start) == nil else { return }
        guard source.at(nextToken(from: key.span.end.offset)) != UInt8(ascii: ":") else { return }
        if let missing = MissingSpace(key.span, in: source) {
            report(missing.failure)
        } else if let start = startOfText(cutBefore: key.span) {
            if unquoted.last?.range.lowerBound == start { unquoted.removeLast() }
            unquoted.append(UnquotedValue(range: start..<key.span.end.offset, isInFlow: true))
        } else {
            report(
                ReadFailure(
                    .syntax,
                    "expected \":\" and a value behind \"\(key.text)\"",
                    span: key.span,
                    help: ["quote the whole value before it if it belongs to that"]
                )
            )
        }
    }

    /// Start of the unquoted text that was split at the comma before `span`.
    private func startOfText(cutBefore span: Span) -> Int? {
        guard let before = beforeKey, before.span.end.line == span.start.line else { return nil }
        let comma = nextToken(from: before.span.end.offset)
        guard source.at(comma) == UInt8(ascii: ","), nextToken(from: comma + 1) == span.start.offset else { return nil }
        if before.style == .plain { return before.span.start.offset }
        // The entry before may be a part of the same text.
        guard before.style == .absent, let part = unquoted.last?.range, part.upperBound <= comma else { return nil }
        return nextToken(from: part.upperBound) == comma ? part.lowerBound : nil
    }
}
