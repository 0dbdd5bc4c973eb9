/// What a text that is no number was probably meant to be.
enum NumberGuess {
    /// - Returns: a number in E.164 or a SIP URI; nil where nothing is near.
    static func suggestion(for text: String) -> String? {
        guard text.contains("@") else { return number(text) }
        return text.contains(":") || DialTarget("sip:" + text) == nil ? nil : "sip:" + text
    }

    /// Several numbers with something else than commas between them, with commas; nil for anything else.
    static func list(_ text: String) -> String? {
        let parts = text.split { ";|&\n".contains($0) }.map { String($0).trimmed }
        if parts.count > 1, parts.allSatisfy({ DialTarget($0) != nil && $0.first != "0" }) {
            return parts.joined(separator: ", ")
        }
        // Blanks part a number's own digits too.
        let words = text.split { $0.isWhitespace || "|&".contains($0) }
            .map { $0.last == ";" ? String($0.dropLast()) : String($0) }
        guard words.count > 1, words.allSatisfy({ DialTarget($0) != nil && beginsTarget($0) }) else { return nil }
        return words.joined(separator: ", ")
    }

    private static func beginsTarget(_ text: String) -> Bool {
        text.first == "+" || text.prefix(4).lowercased() == "sip:"
    }

    /// What stands before the first colon, where it is a scheme of another kind: `sips:…`, `client:…`.
    static func otherScheme(of text: String) -> String? {
        let word = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
        guard word.first?.isLetter == true, text[word.endIndex...].first == ":" else { return nil }
        return word.lowercased() == "tel" ? nil : String(word)
    }

    /// The SIP URI that was probably meant by one of another scheme.
    static func sip(behind scheme: String, _ text: String) -> String? {
        let meant = "sip:" + text.dropFirst(scheme.count + 1)
        return scheme.lowercased() == "sips" && meant.contains("@") && DialTarget(meant) != nil ? meant : nil
    }

    /// Leaves out separators alone: an extension or a letter says that something else was meant.
    private static func number(_ text: String) -> String? {
        var rest = text[...]
        if rest.prefix(4).lowercased() == "tel:" { rest = rest.dropFirst(4) }
        let hasPlus = rest.first == "+"
        if hasPlus { rest.removeFirst() }
        guard rest.utf8.allSatisfy({ isDigit($0) || " ()-./".utf8.contains($0) }) else { return nil }
        guard let abroad = ["011", "00"].first(where: digits(in: rest).hasPrefix) ?? (hasPlus ? "" : nil) else {
            return northAmerican(digits(in: rest))
        }
        // "+44 (0)20 …": the zero is dialled inside the country only.
        var number = digits(in: rest.replacing("(0)", with: ""))
        if number.hasPrefix(abroad) { number.removeFirst(abroad.count) }
        guard (10...15).contains(number.count), number.first != "0" else { return nil }
        return "+" + number
    }

    /// The digits say no country: only what is dialled in North America is known without one.
    private static func northAmerican(_ digits: String) -> String? {
        guard let first = digits.first else { return nil }
        switch digits.count {
        case 10 where first > "1": return "+1" + digits
        case 11 where first == "1": return "+" + digits
        default: return nil
        }
    }

    private static func digits(in text: some StringProtocol) -> String {
        String(decoding: text.utf8.filter(isDigit), as: UTF8.self)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
