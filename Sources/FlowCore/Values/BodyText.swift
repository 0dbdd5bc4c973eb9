/// Reads the bytes of an HTTP body as text.
enum BodyText {
    /// Decodes `body`: by its byte order mark, else by the `charset` of `contentType`, else as UTF-8.
    ///
    /// The mark is not part of the text. Bytes that the encoding does not have become U+FFFD. As the WHATWG's Encoding
    /// Standard says, `iso-8859-1` means windows-1252: pages that carry this label hold its quotes and dashes.
    static func decode(_ body: [UInt8], contentType: String) -> String {
        if body.starts(with: [0xEF, 0xBB, 0xBF]) { return String(decoding: body.dropFirst(3), as: UTF8.self) }
        if body.starts(with: [0xFF, 0xFE]) { return utf16(body.dropFirst(2), isBigEndian: false) }
        if body.starts(with: [0xFE, 0xFF]) { return utf16(body.dropFirst(2), isBigEndian: true) }
        switch MediaType(contentType).charset {
        case "iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "l1", "windows-1252", "cp1252", "x-cp1252":
            return windows1252(body)
        case "utf-16", "utf-16le": return utf16(body[...], isBigEndian: false)
        case "utf-16be": return utf16(body[...], isBigEndian: true)
        default: return String(decoding: body, as: UTF8.self)
        }
    }

    private static func utf16(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) -> String {
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2 + 1)
        var index = bytes.startIndex
        while index + 1 < bytes.endIndex {
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            units.append(isBigEndian ? first << 8 | second : second << 8 | first)
            index += 2
        }
        // Half a unit at the end.
        if index < bytes.endIndex { units.append(0xFFFD) }
        return String(decoding: units, as: UTF16.self)
    }

    private static func windows1252(_ bytes: [UInt8]) -> String {
        var text = String.UnicodeScalarView()
        for byte in bytes {
            text.append((0x80...0x9F).contains(byte) ? Self.upperControls[Int(byte) - 0x80] : Unicode.Scalar(byte))
        }
        return String(text)
    }

    /// What windows-1252 has in the place of ISO 8859-1's controls from 0x80 to 0x9F.
    private static let upperControls = Array("€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)
}
