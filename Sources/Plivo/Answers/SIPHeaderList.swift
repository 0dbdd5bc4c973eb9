/// The value of `sipHeaders`: `k=v,k2=v2` (voice/xml/routing).
enum SIPHeaderList {
    /// Writes the list so that no value can become another header.
    ///
    /// Comma and equals sign inside a name or value are percent-encoded; control characters are left out, for no SIP
    /// header holds them. Everything else stands as the flow says, `%` too: Plivo's rule for values is letters, digits
    /// and percent-encoding.
    static func text(_ headers: [[String]]) -> String {
        var text = ""
        for header in headers where header.count == 2 && !XMLText.isBlank(header[0]) {
            if !text.isEmpty { text += "," }
            append(header[0], to: &text)
            text += "="
            append(header[1], to: &text)
        }
        return text
    }

    private static func append(_ value: String, to text: inout String) {
        for scalar in value.unicodeScalars {
            switch scalar {
            case ",": text += "%2C"
            case "=": text += "%3D"
            case "\u{0}"..<" ", "\u{7F}"..."\u{9F}": break
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}
