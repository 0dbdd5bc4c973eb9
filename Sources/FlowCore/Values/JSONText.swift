/// JSON's strings (RFC 8259, section 7).
package enum JSONText {
    /// Appends `content` as a JSON string, in quotes.
    package static func append(_ content: some StringProtocol, to text: inout String) {
        text += "\""
        appendEscaped(content, to: &text)
        text += "\""
    }

    /// Appends `content` escaped for the inside of a JSON string.
    package static func appendEscaped(_ content: some StringProtocol, to text: inout String) {
        for scalar in content.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{0}"..<" ", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}
