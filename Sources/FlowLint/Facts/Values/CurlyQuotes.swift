/// Quotes as word processors and chats write them, which are letters to YAML and JSON.
enum CurlyQuotes {
    private static let double: Set<Unicode.Scalar> = ["\u{201C}", "\u{201D}", "\u{201E}", "\u{201F}"]
    private static let single: Set<Unicode.Scalar> = ["\u{2018}", "\u{2019}", "\u{201A}", "\u{201B}"]

    /// The first quote and what is between the two, where a text begins and ends with one, and has no other.
    static func around(_ text: String) -> (first: Unicode.Scalar, content: String)? {
        // Each of them begins with this byte, and few texts do.
        guard text.utf8.first == 0xE2 else { return nil }
        let scalars = text.unicodeScalars
        guard scalars.count > 1, let first = scalars.first, let last = scalars.last else { return nil }
        let kind = double.contains(first) ? double : single
        guard kind.contains(first), kind.contains(last) else { return nil }
        let content = scalars.dropFirst().dropLast()
        // An apostrophe is one of the single ones.
        guard kind == single || !content.contains(where: kind.contains) else { return nil }
        return (first, String(String.UnicodeScalarView(content)))
    }

    /// The quote that the first text in what would be JSON begins with: `{“caller”: …}`.
    static func first(inJSON text: String) -> Unicode.Scalar? {
        let rest = text.unicodeScalars.drop { $0.properties.isWhitespace }
        guard rest.first == "{" || rest.first == "[" else { return nil }
        let inner = rest.drop { $0 == "{" || $0 == "[" || $0.properties.isWhitespace }
        return inner.first.flatMap { double.contains($0) || single.contains($0) ? $0 : nil }
    }

    /// `“ (U+201C)`.
    static func name(_ quote: Unicode.Scalar) -> String {
        "\(quote) (U+\(String(quote.value, radix: 16, uppercase: true)))"
    }
}
