extension YAMLPass {
    /// Looks whether an entry in braces has neither a colon nor a value: what a comma cuts off a text without quotes.
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

    /// Where the text without quotes begins whose part behind a comma is the entry at `span`.
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
