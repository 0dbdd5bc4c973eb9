/// The value of a `Content-Type` (RFC 9110, section 8.3).
struct MediaType {
    /// `type/subtype` in lowercase.
    let essence: String
    /// The `charset` parameter in lowercase; empty where there is none.
    let charset: String

    init(_ text: String) {
        var parts = Self.split(text)
        essence = parts.isEmpty ? "" : parts.removeFirst().lowercased()
        charset = parts.lazy.compactMap(Self.charset).first ?? ""
    }

    /// Whether a body of this type is JSON: `application/json`, or a subtype that ends with `+json` (RFC 6839).
    var isJSON: Bool {
        guard let slash = essence.firstIndex(of: "/") else { return false }
        let subtype = essence[essence.index(after: slash)...]
        return subtype == "json" || subtype == "x-json" || subtype.hasSuffix("+json")
    }

    /// The parts between semicolons, without the blanks around them; a semicolon in quotes divides nothing.
    private static func split(_ text: String) -> [String] {
        var parts: [String] = [""]
        var isQuoted = false
        for character in text {
            if character == "\"" { isQuoted.toggle() }
            // A header that was sent twice is joined by a comma: the first one counts.
            if character == ",", !isQuoted { break }
            if character == ";", !isQuoted { parts.append("") } else { parts[parts.count - 1].append(character) }
        }
        return parts.map(trimmed)
    }

    private static func charset(_ parameter: String) -> String? {
        guard let equals = parameter.firstIndex(of: "="), trimmed(parameter[..<equals]).lowercased() == "charset" else {
            return nil
        }
        return trimmed(parameter[parameter.index(after: equals)...].filter { $0 != "\"" && $0 != "'" }).lowercased()
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        return String(text.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}
