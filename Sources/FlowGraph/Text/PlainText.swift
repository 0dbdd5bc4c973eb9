/// Makes an author's text fit to be shown: one line, nothing that is not seen.
enum PlainText {
    /// White space becomes one space; control characters, and those that turn the direction of writing, become U+FFFD.
    static func oneLine(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var spaceIsDue = false
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace {
                spaceIsDue = !result.isEmpty
                continue
            }
            if spaceIsDue { result.append(" ") }
            spaceIsDue = false
            result.append(isUnfit(scalar) ? "\u{FFFD}" : scalar)
        }
        return String(result)
    }

    /// XML 1.0 knows no control characters, and no one sees a change of direction.
    private static func isUnfit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x1F, 0x7F...0x9F, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFE...0xFFFF: true
        default: false
        }
    }
}
