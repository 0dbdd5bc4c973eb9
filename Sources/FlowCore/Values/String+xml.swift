extension String {
    /// Whether a reader of XML would see nothing: only spaces, and characters that XML 1.0 cannot hold (section 2.2).
    ///
    /// Plivo refuses a document with such a `<Speak>`, `<Number>` or `<Play>`.
    package var isBlankInXML: Bool {
        // Seen at the first character of nearly every text.
        if let first = utf8.first, (0x21...0x7E).contains(first) { return false }
        return unicodeScalars.allSatisfy { scalar in
            scalar.properties.isWhitespace || scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF
        }
    }
}
