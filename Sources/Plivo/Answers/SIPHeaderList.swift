import FlowCore

/// The value of `sipHeaders`: `k=v,k2=v2` (voice/xml/routing).
enum SIPHeaderList {
    /// Writes the list so that no value can become another header.
    ///
    /// Comma and equals sign inside a name or value are percent-encoded; control characters are left out, for no SIP
    /// header holds them. Everything else stands as the flow says, `%` too: Plivo's rule for values is letters, digits
    /// and percent-encoding.
    static func text(_ headers: [(name: String, value: String)]) -> String {
        var text = ""
        for (name, value) in headers where !name.isBlankInXML {
            if !text.isEmpty { text += "," }
            append(name, to: &text)
            text += "="
            append(value, to: &text)
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
