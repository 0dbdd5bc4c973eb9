extension Unicode.Scalar {
    /// Whether it looks like a space, or like nothing at all, where YAML and JSON see a letter.
    var isLookalikeOfSpace: Bool {
        switch value {
        case 0xA0, 0xAD, 0x1680, 0x2000...0x200D, 0x2028, 0x2029, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF: true
        default: false
        }
    }

    /// The character by its number, as nobody sees it: `U+00A0 (no-break space)`.
    var nameAsSpace: String {
        switch value {
        case 0xA0: "\(name) (no-break space)"
        case 0x200B: "\(name) (zero-width space)"
        default: name
        }
    }
}

extension Finding {
    /// The finding with a line of help where its message quotes a character that nobody sees in it.
    package var namingLookalikes: Finding {
        let found = message.unicodeScalars.filter { !$0.isASCII && $0.isLookalikeOfSpace && !$0.joinsLetters }
        guard let first = found.first, !message.contains("U+") else { return self }
        var named = self
        let isIndentation = span.start.column == 1 && message.contains("\"\(first)")
        named.help.append(
            isIndentation
                ? "\(first.nameAsSpace) stands where the line is indented: write spaces in its place"
                : "there is \(first.nameAsSpace) in it, which looks like a space or like nothing: remove it"
        )
        return named
    }
}

extension Unicode.Scalar {
    /// Whether it stands between letters or in emoji to join them, or to keep them apart.
    fileprivate var joinsLetters: Bool { value == 0x200C || value == 0x200D }
}
