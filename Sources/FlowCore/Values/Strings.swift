extension String {
    /// The beginning of the text that fits into `limit` bytes, cut between characters.
    package func cut(toBytes limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var end = utf8.index(startIndex, offsetBy: limit)
        while end > startIndex, end.samePosition(in: self) == nil { end = utf8.index(before: end) }
        return String(self[..<end])
    }

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

extension StringProtocol {
    /// Gives the UTF-8 bytes in one piece, in which they are looked through far quicker than one by one.
    package func withBytes<Result>(_ look: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        utf8.withContiguousStorageIfAvailable(look) ?? Array(utf8).withUnsafeBufferPointer(look)
    }
}

extension Unicode.Scalar {
    /// Whether it is a control character: C0, DEL or C1, which is Unicode's general category Cc.
    package var isControl: Bool { value < 0x20 || (0x7F...0x9F).contains(value) }
}
