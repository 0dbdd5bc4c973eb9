extension Document {
    /// The place in the file of a part of a scalar's text, given in UTF-8 offsets of that text.
    ///
    /// Follows quotes, escapes, folds and indentation, so that a caret stands under the very characters. Where the text says
    /// too little about the file, and for what is no scalar, it is the span of the whole value.
    package func span(ofUTF8 range: Range<Int>, in value: Value) -> Span {
        guard let scalar = value.scalar else { return value.span }
        return span(ofUTF8: range, text: scalar.text, style: scalar.style, whole: value.span)
    }

    /// The place in the file of a part of a key.
    package func span(ofUTF8 range: Range<Int>, in key: Key) -> Span {
        let style: Scalar.Style =
            switch (format, source.at(key.span.start.offset)) {
            case (.json, _): .json
            case (.yaml, UInt8(ascii: "'")): .singleQuoted
            case (.yaml, UInt8(ascii: "\"")): .doubleQuoted
            default: .plain
            }
        return span(ofUTF8: range, text: key.text, style: style, whole: key.span)
    }

    private func span(ofUTF8 range: Range<Int>, text: String, style: Scalar.Style, whole: Span) -> Span {
        let stretch = whole.start.offset..<max(whole.start.offset, whole.end.offset)
        guard
            stretch.upperBound <= source.count,
            let map = ScalarMap(source, stretch, style: style, text: text),
            let bytes = map.source(of: range)
        else { return whole }
        let start = whole.start.moved(to: bytes.lowerBound, in: source)
        return Span(start, start.moved(to: bytes.upperBound, in: source))
    }
}
