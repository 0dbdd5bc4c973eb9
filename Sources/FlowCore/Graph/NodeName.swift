import FlowDocument

/// Names of nodes: letters, digits, `_`, `-` and spaces inside; `end` and `secrets` mean something else.
enum NodeName {
    static let reserved = ["end", "secrets"]

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
        if key.text.isEmpty || key.text.first == " " || key.text.last == " " || !key.text.allSatisfy(isAllowed) {
            scope.report(
                .badName,
                "\"\(key.text)\" is no node name: letters, digits, \"_\", \"-\" and spaces inside",
                at: key.span
            )
        }
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

    private static func isAllowed(_ character: Character) -> Bool {
        if let ascii = character.asciiValue, (0x61...0x7A).contains(ascii | 0x20) { return true }
        return character.isLetter || character == " " || character == "_" || character == "-"
            || ("0"..."9").contains(character)
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
}
