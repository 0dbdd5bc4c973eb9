/// One `| name: argument` behind a value, with the names and the meaning of Liquid's filters (shopify.github.io/liquid).
package struct Filter: Hashable, Sendable {
    package let kind: Kind
    package let arguments: [String]

    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case `default`, upcase, downcase, capitalize, strip, lstrip, rstrip, append, prepend, replace, remove, slice,
            truncate, size, first, last, join, url_encode, json

        /// How many arguments it takes.
        package var arguments: ClosedRange<Int> {
            switch self {
            case .default, .append, .prepend, .remove: 1...1
            case .replace: 2...2
            case .slice, .truncate: 1...2
            case .join: 0...1
            case .upcase, .downcase, .capitalize, .strip, .lstrip, .rstrip, .size, .first, .last, .url_encode, .json:
                0...0
            }
        }
    }

    package init(_ kind: Kind, _ arguments: [String] = []) {
        self.kind = kind
        self.arguments = arguments
    }

    package func apply(to value: Datum) -> Datum {
        switch kind {
        case .default: value.isEmpty || value == .boolean(false) ? .text(arguments[0]) : value
        case .upcase: .text(value.rendered.uppercased())
        case .downcase: .text(value.rendered.lowercased())
        case .capitalize: .text(value.rendered.prefix(1).uppercased() + value.rendered.dropFirst().lowercased())
        case .strip: .text(stripped(value.rendered, leading: true, trailing: true))
        case .lstrip: .text(stripped(value.rendered, leading: true, trailing: false))
        case .rstrip: .text(stripped(value.rendered, leading: false, trailing: true))
        case .append: .text(value.rendered + arguments[0])
        case .prepend: .text(arguments[0] + value.rendered)
        case .replace: .text(replaced(value.rendered, arguments[0], with: arguments[1]))
        case .remove: .text(replaced(value.rendered, arguments[0], with: ""))
        case .slice: slice(value)
        case .truncate: .text(truncated(value.rendered))
        case .size: .number(String(size(value)))
        case .first: ends(value).first ?? .missing
        case .last: ends(value).last ?? .missing
        case .join: .text(ends(value).map(\.rendered).joined(separator: arguments.first ?? " "))
        case .url_encode: .text(Percent.encoded(value.rendered, spaceAsPlus: true))
        case .json: .text(value.json)
        }
    }

    private func ends(_ value: Datum) -> [Datum] {
        if case .list(let items) = value { return items }
        return value == .missing ? [] : [value]
    }

    private func size(_ value: Datum) -> Int {
        switch value {
        case .list(let items): items.count
        case .object(let members): members.count
        default: value.rendered.count
        }
    }

    /// From a position, counted from 0 or from the end if negative, as many as the second argument says, else one.
    private func slice(_ value: Datum) -> Datum {
        let length = arguments.count > 1 ? Int(arguments[1]) ?? 1 : 1
        func range(of count: Int) -> Range<Int> {
            let wanted = Int(arguments[0]) ?? 0
            let start = wanted < 0 ? count + max(wanted, -count - 1) : min(wanted, count)
            guard start >= 0, length > 0 else { return 0..<0 }
            return start..<(length < count - start ? start + length : count)
        }
        if case .list(let items) = value { return .list(Array(items[range(of: items.count)])) }
        let characters = Array(value.rendered)
        return .text(String(characters[range(of: characters.count)]))
    }

    private func truncated(_ text: String) -> String {
        let limit = max(0, Int(arguments[0]) ?? 0)
        guard text.count > limit else { return text }
        let ellipsis = arguments.count > 1 ? arguments[1] : "..."
        return String(text.prefix(max(0, limit - ellipsis.count))) + ellipsis
    }

    private func replaced(_ text: String, _ old: String, with new: String) -> String {
        guard !old.isEmpty else { return text }
        var result = ""
        var rest = text[...]
        while let match = rest.firstRange(of: old) {
            result += rest[..<match.lowerBound]
            result += new
            // A short text that grows with each match must not fill the memory.
            guard result.utf8.count <= RunLimits.templateBytes else { return result }
            rest = rest[match.upperBound...]
        }
        return result + rest
    }

    private func stripped(_ text: String, leading: Bool, trailing: Bool) -> String {
        var rest = text[...]
        while leading, rest.first?.isWhitespace == true { rest.removeFirst() }
        while trailing, rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
