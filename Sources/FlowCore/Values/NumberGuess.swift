/// What a text that is no number was probably meant to be.
enum NumberGuess {
    /// - Returns: a number in E.164 or a SIP URI; nil where nothing is near.
    static func of(_ text: String) -> String? {
        guard text.contains("@") else { return number(text) }
        return text.contains(":") || DialTarget("sip:" + text) == nil ? nil : "sip:" + text
    }

    /// Several numbers with something else than commas between them, with commas; nil for anything else.
    static func list(_ text: String) -> String? {
        let parts = text.split { ";|&\n".contains($0) }.map { String($0).trimmed }
        guard parts.count > 1, parts.allSatisfy({ DialTarget($0) != nil && $0.first != "0" }) else { return nil }
        return parts.joined(separator: ", ")
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
