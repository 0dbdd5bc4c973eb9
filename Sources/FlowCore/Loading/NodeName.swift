import FlowDocument

/// Names of nodes: letters, digits, `_`, `-` and spaces inside; some mean something else.
package enum NodeName {
    package static let reserved = ["end", "secrets", Variable.prefix]

    static func check(_ key: Key, in scope: FlowScope) {
        if isPlain(key.text) { return }
        if reserved.contains(key.text) {
            scope.report(.badName, "\"\(key.text)\" is reserved and cannot name a node", at: key.span)
            return
        }
        if TemplateParser.hasMarks(key.text) {
            scope.report(.templateNotAllowed, "templates are not allowed in node names", at: key.span)
            return
        }
        let isSpaced = key.text.unicodeScalars.first == " " || key.text.unicodeScalars.last == " "
        let wrong = firstWrong(in: key.text.unicodeScalars)
        guard key.text.isEmpty || isSpaced || wrong != nil else { return }
        let hidden = wrong.flatMap { $0.properties.isDefaultIgnorableCodePoint ? $0 : nil }
        scope.report(
            .badName,
            "\"\(key.text)\"\(hidden.map { ", with \($0.name) in it," } ?? "") is not a valid node name: expected "
                + "letters, digits, \"_\", \"-\" and spaces inside",
            at: key.span
        )
    }

    /// Whether a name is a good one and all ASCII, as nearly all are, which its bytes say.
    private static func isPlain(_ name: String) -> Bool {
        guard let first = name.utf8.first, first != 0x20, name.utf8.last != 0x20 else { return false }
        let isAllowed = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x30...0x39,
                UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: " "):
                true
            default: false
            }
        }
        return isAllowed && !reserved.contains(name)
    }

    /// The first character that no name has.
    ///
    /// Works on scalars, not on grapheme clusters: invisible scalars hide inside clusters.
    ///
    /// - Parameter others: what may stand in a name beside letters and digits.
    static func firstWrong(in name: String.UnicodeScalarView, others: String = " _-") -> Unicode.Scalar? {
        var isBehindLetter = false
        return name.first { scalar in
            let kind = scalar.properties.generalCategory
            let isAccent = isBehindLetter && (kind == .nonspacingMark || kind == .spacingMark)
            isBehindLetter = scalar.properties.isAlphabetic || isAccent
            if scalar.properties.isDefaultIgnorableCodePoint { return true }
            return !isBehindLetter && !("0"..."9").contains(scalar) && !others.unicodeScalars.contains(scalar)
        }
    }
}

/// Names of flows: `[a-z0-9-]`, since they stand in URLs.
enum FlowName {
    static func isValid(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), 0x30...0x39, UInt8(ascii: "-"): true
                default: false
                }
            }
    }

    /// The flow name that is nearest to a text, or nil.
    static func mended(_ text: String) -> String? {
        guard text.allSatisfy(\.isASCII) else { return nil }
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
        let name = words.joined(separator: "-")
        return isValid(name) ? name : nil
    }
}
