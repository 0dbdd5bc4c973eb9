import FlowDocument

extension Document {
    /// Whether a byte is part of a text or a key, so that a `#` there begins no comment.
    func isText(at offset: Int) -> Bool {
        switch place(at: offset) {
        case .key(let span): return offset < span.end.offset
        case .value(let value):
            guard let style = value.scalar?.style, style != .absent, offset < value.span.end.offset else {
                return false
            }
            // What stands behind `|` on its own line may be a comment.
            let isBlock = style == .literal || style == .folded
            return !isBlock || source[value.span.start.offset..<offset].contains { $0 == 0x0A || $0 == 0x0D }
        case nil: return false
        }
    }

    /// The line on which the text begins that holds a byte: of one of several lines, where its `|` or its quote stands.
    func firstLine(ofTextAt offset: Int) -> Int? {
        guard case .value(let value)? = place(at: offset), value.scalar != nil, offset < value.span.end.offset else {
            return nil
        }
        return value.span.start.line
    }

    private enum Escaping {
        case key(Span)
        case value(Value)
    }

    /// The last key or value, of those without parts, that begins at a byte or before it.
    private func place(at offset: Int) -> Escaping? {
        var value = root
        while value.span.start.offset <= offset {
            switch value.content {
            case .scalar: return .value(value)
            case .list(let items):
                let next = items.firstPlace { $0.span.start.offset > offset }
                guard next > 0 else { return nil }
                value = items[next - 1]
            case .mapping(let entries):
                let next = entries.firstPlace { $0.key.span.start.offset > offset }
                guard next > 0 else { return nil }
                let key = entries[next - 1].key.span
                value = entries[next - 1].value
                if value.span.start.offset > offset || offset < key.end.offset { return .key(key) }
            }
        }
        return nil
    }
}

extension Array {
    /// The place of the first element for which `isBehind` holds, which it does for all that follow; else the count.
    fileprivate func firstPlace(where isBehind: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
