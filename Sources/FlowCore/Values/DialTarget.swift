/// Who is dialled.
package enum DialTarget: Hashable, Sendable {
    /// E.164.
    case number(String)
    /// A `sip:` URI.
    case user(String)

    package var text: String {
        switch self {
        case .number(let text), .user(let text): text
        }
    }
}

extension DialTarget {
    /// Reads one number, as ``WrittenNumber`` does, or `sip:` URI; nil for anything else, and for a number with an extension.
    ///
    /// - Parameter plan: that of the country whose numbers have no `+`.
    package init?(_ text: some StringProtocol, in plan: NumberPlan? = nil) {
        if let user = DialTarget(sip: text) {
            self = user
        } else if let number = PhoneNumber(text, in: plan) {
            self = .number(number.text)
        } else {
            return nil
        }
    }

    /// Reads a `sip:` URI of 512 bytes at most, without blanks, commas and what XML has to escape.
    package init?(sip text: some StringProtocol) {
        guard text.utf8.count > 4, text.utf8.count <= 512, text.prefix(4).lowercased() == "sip:",
            text.unicodeScalars.allSatisfy({
                $0.value > 0x20 && $0.value != 0x7F && !"<>\",".unicodeScalars.contains($0)
            })
        else { return nil }
        self = .user(String(text))
    }

    /// Reads a parameter of Plivo that names whom it dialled: nil for what is neither a number nor a `sip:` URI.
    package init?(plivo text: String) {
        if let user = DialTarget(sip: text) {
            self = user
        } else if let number = PhoneNumber(plivo: text) {
            self = .number(number.text)
        } else {
            return nil
        }
    }

    /// A target as ``text`` gave it, which was read before it was kept.
    init(kept text: String) { self = text.first == "+" ? .number(text) : .user(text) }
}
