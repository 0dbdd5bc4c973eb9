/// Phrases that a caller is likely to say, as Plivo takes them (voice/xml/input): by commas, 500 of 100 characters, 10,000
/// characters in all.
enum Hints {
    static let count = 500
    static let characters = 100
    private static let total = 10_000

    /// The attribute's text: what does not fit any more is left out.
    static func text(_ phrases: [String]) -> String {
        var text = ""
        for phrase in phrases.prefix(count) {
            let plain = String(phrase.replacing(",", with: " ").prefix(characters))
            guard text.count + plain.count < total else { break }
            text += (text.isEmpty ? "" : ",") + plain
        }
        return text
    }
}
