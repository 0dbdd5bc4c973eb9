/// What XML 1.0 makes of a text.
enum XMLText {
    /// Whether a reader would see nothing: only spaces, and characters that XML cannot hold.
    ///
    /// Plivo refuses a document with such a `<Speak>`, `<Number>` or `<Play>`.
    static func isBlank(_ text: String) -> Bool {
        // Seen at the first character of nearly every text.
        if let first = text.utf8.first, (0x21...0x7E).contains(first) { return false }
        return text.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isWhitespace || scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF
        }
    }

    /// U+FFFE and U+FFFF are these two bytes in UTF-8, then BE or BF.
    static let nonCharacterLead: [UInt8] = [0xEF, 0xBF]
}
