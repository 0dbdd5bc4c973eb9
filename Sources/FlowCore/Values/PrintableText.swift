/// A text that a terminal cannot take for a command.
package enum PrintableText {
    /// On one line: a tab becomes two blanks; any other control character, and those that turn the writing around, a picture
    /// of itself.
    package static func of(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var shown = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\t": shown += "  "
            case "\u{0}"..<" ": shown.unicodeScalars.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
            case _ where isControl(scalar): shown += "\u{FFFD}"
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }

    /// The same with its line breaks kept.
    package static func lines(of text: String) -> String {
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.map { of(String($0)) }.joined(separator: "\n")
    }

    /// Whether a terminal, or somebody's eye, could be led astray by it: C0 and C1 controls, line separators, and the marks
    /// that turn the writing around (UAX #9).
    package static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
