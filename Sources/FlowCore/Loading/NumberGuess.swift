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
        if parts.count > 1, parts.allSatisfy({ DialTarget($0) != nil }) {
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

    /// What is dialled in North America is known without a country; other digits may be anybody's.
    private static func number(_ text: String) -> String? {
        guard let digits = NumberDigits(text), !digits.hasPlus, digits.extension.isEmpty,
            let plan = NumberPlan(country: "US"), let national = plan.national(digits.bytes[...])
        else { return nil }
        return "+1" + String(decoding: national, as: UTF8.self)
    }
}
