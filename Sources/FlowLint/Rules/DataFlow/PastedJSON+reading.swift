import FlowCore

/// JSON with templates in it.
extension PastedJSON {
    /// A value that does not fit where it stands.
    struct Mistake {
        enum Kind {
            /// `| json` brings quotes, and stands in some.
            case quotedTwice
            /// A text outside of quotes.
            case unquoted
            /// In quotes, and may hold one.
            case unescaped
        }

        let kind: Kind
        let reference: Reference

        var message: String {
            switch kind {
            case .quotedTwice:
                "\"<<\(reference.text) | json>>\" stands in quotes and brings its own, which breaks this JSON"
            case .unquoted: "\"<<\(reference.text)>>\" stands without quotes, and a text without quotes is not JSON"
            case .unescaped: "a quote or a line break in \"<<\(reference.text)>>\" would break this JSON"
            }
        }
    }

    static func looksLikeJSON(_ text: String) -> Bool {
        // Few texts do, and to look at each character of the others takes its time.
        let first = text.utf8.first { $0 > 0x20 }
        guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return false }
        let letters = text.filter { !$0.isWhitespace }
        if letters.hasPrefix("{\"") { return letters.hasSuffix("}") }
        return letters.hasPrefix("[") && letters.hasSuffix("]") && beginsItem(letters.dropFirst())
    }

    /// Whether a text without blanks can go on behind a `[`: a person's remark in brackets is no JSON.
    private static func beginsItem(_ text: Substring) -> Bool {
        let rest: Substring
        if text.hasPrefix("<<") || text.hasPrefix("{{") {
            guard let close = text.firstRange(of: text.hasPrefix("<<") ? ">>" : "}}") else { return false }
            rest = text[close.upperBound...]
        } else if let first = text.first, "\"{[]".contains(first) {
            return true
        } else if let word = ["true", "false", "null"].first(where: text.hasPrefix) {
            rest = text.dropFirst(word.count)
        } else {
            rest = text.drop { "0123456789+-.eE".contains($0) }
            guard rest.startIndex > text.startIndex else { return false }
        }
        return rest.first == "," || rest == "]"
    }

    /// The first value that breaks a text in any case, or else the first that may.
    static func firstMistake(_ references: [Reference], in text: String, _ subject: Subject) -> Mistake? {
        let bytes = Array(text.utf8)
        var index = 0
        var isInside = false
        var mistakes: [Mistake] = []
        for reference in references where reference.range.lowerBound >= index {
            while index < min(reference.range.lowerBound, bytes.count) {
                if isInside, bytes[index] == UInt8(ascii: "\\") {
                    index += 1
                } else if bytes[index] == UInt8(ascii: "\"") {
                    isInside.toggle()
                }
                index += 1
            }
            if let kind = mistake(reference, isInside: isInside, subject) {
                mistakes.append(Mistake(kind: kind, reference: reference))
            }
            index = reference.range.upperBound
        }
        return mistakes.first { $0.kind != .unescaped } ?? mistakes.first
    }

    private static func mistake(_ reference: Reference, isInside: Bool, _ subject: Subject) -> Mistake.Kind? {
        let isNumber = isNumber(reference, subject)
        switch reference.filters.last?.kind {
        case .json: return isInside && !isNumber ? .quotedTwice : nil
        case .size: return nil
        case _ where !isInside: return isNumber && reference.filters.allSatisfy(\.isNumber) ? nil : .unquoted
        case .url_encode: return nil
        default: return isPlain(reference, subject) ? nil : .unescaped
        }
    }

    /// Whether what a reference gives is Plivo's own, without a quote or a line break: numbers, ids, statuses, times.
    private static func isPlain(_ reference: Reference, _ subject: Subject) -> Bool {
        guard reference.filters.allSatisfy(\.isPlain), case .value = reference.source else { return false }
        if isNumber(reference, subject) { return true }
        // A number may be a SIP URI, which others write.
        return subject.flow.roles(of: reference).isDisjoint(with: [.phoneNumber, .freeText])
            && !subject.taint.isUntrusted(reference)
    }

    /// JSON has no quotes around a number, so that those in the text are the only ones.
    private static func isNumber(_ reference: Reference, _ subject: Subject) -> Bool {
        guard case .value(let node, let value) = reference.source else { return false }
        return subject.flow.nodes[node].description.values[value].kind == .number
    }
}

extension Filter {
    /// Whether the filter always yields a number where it gets one, a default included.
    fileprivate var isNumber: Bool { kind == .default && arguments.allSatisfy { Double($0) != nil } }

    /// Whether it brings no quote, backslash or control character.
    fileprivate var isPlain: Bool {
        arguments.allSatisfy { argument in
            argument.utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        }
    }
}
