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
        span(ofUTF8: range, text: key.text, style: style(of: key), whole: key.span)
    }

    /// How a key is written.
    func style(of key: Key) -> Scalar.Style {
        switch (format, source.at(key.span.start.offset)) {
        case (.json, _): .json
        case (.yaml, UInt8(ascii: "'")): .singleQuoted
        case (.yaml, UInt8(ascii: "\"")): .doubleQuoted
        default: .plain
        }
    }

    private func span(ofUTF8 range: Range<Int>, text: String, style: Scalar.Style, whole: Span) -> Span {
        let stretch = whole.start.offset..<max(whole.start.offset, whole.end.offset)
        if let bytes = asWritten(range, text, style, stretch, whole) {
            let start = whole.start.moved(to: bytes.lowerBound, in: source)
            return Span(start, start.moved(to: bytes.upperBound, in: source))
        }
        guard
            stretch.upperBound <= source.count,
            let bytes = ScalarMap.find(range, of: text, style, in: source, stretch)
        else { return whole }
        let start = whole.start.moved(to: bytes.lowerBound, in: source)
        return Span(start, start.moved(to: bytes.upperBound, in: source))
    }

    /// Fast path: the text occurs byte for byte in the file, on one line.
    private func asWritten(
        _ range: Range<Int>,
        _ text: String,
        _ style: Scalar.Style,
        _ stretch: Range<Int>,
        _ whole: Span
    ) -> Range<Int>? {
        let quote =
            switch style {
            case .plain: 0
            case .singleQuoted, .doubleQuoted, .json: 1
            case .literal, .folded, .absent: -1
            }
        let length = text.utf8.count
        // An escape, a doubled quote and a fold are all longer in the file than in the text.
        guard quote >= 0, whole.start.line == whole.end.line, stretch.count == length + 2 * quote,
            stretch.upperBound <= source.count, range.lowerBound >= 0, range.upperBound <= length
        else { return nil }
        let start = stretch.lowerBound + quote
        return start + range.lowerBound..<start + range.upperBound
    }
}
