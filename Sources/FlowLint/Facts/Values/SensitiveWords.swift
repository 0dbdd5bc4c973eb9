/// Words in a prompt that speak of what nobody else may know.
enum SensitiveWords {
    private static let words: Set<String> = ["pin", "card", "code", "password", "passcode", "cvv", "cvc"]
    /// What is no secret though it is called a code.
    private static let harmless: Set<String> = [
        "zip", "postal", "post", "area", "country", "product", "promo", "dialling",
    ]

    /// Where the first such word stands, in UTF-8 bytes.
    static func find(in text: String) -> Range<Int>? {
        var before = ""
        var start: Int?
        for (index, byte) in (Array(text.utf8) + [0x20]).enumerated() {
            let isLetter = (0x41...0x5A).contains(byte & 0xDF) || byte >= 0x80
            if isLetter {
                start = start ?? index
            } else if let first = start {
                let word = String(decoding: Array(text.utf8)[first..<index], as: UTF8.self).lowercased()
                if words.contains(word), !harmless.contains(before) { return first..<index }
                before = word
                start = nil
            }
        }
        return nil
    }
}
