/// Where a value lands: each place has its own way to keep a value from becoming anything but a value.
package enum Escaping: UInt8, Hashable, Sendable, CaseIterable {
    /// Text whose writer escapes it: what goes into XML, a dial target, a note.
    case plain = 1
    /// A part of a URL's path: everything but RFC 3986's unreserved characters is percent-encoded, `/` too.
    case path
    /// A part of a URL's query, and of a form: application/x-www-form-urlencoded (WHATWG URL, section 5.2).
    case form
    /// The inside of a JSON string.
    case json
    /// A JSON value of its own: a value that is exactly one template ending in `| json`.
    case jsonValue
    /// A header's value: CR, LF and other control characters never pass.
    case header

    package func escaped(_ value: Datum) -> String {
        switch self {
        case .jsonValue: value == .missing ? "null" : value.rendered
        case .plain, .path, .form, .json, .header: escaped(value.rendered)
        }
    }

    /// The same in at most `limit` bytes: a text loses its end before it is escaped, so that no escape is cut in two.
    ///
    /// A JSON value cannot lose its end: one that is too long is `null`.
    package func escaped(_ value: Datum, upTo limit: Int) -> (text: String, isCut: Bool) {
        let whole = escaped(value)
        guard whole.utf8.count > limit else { return (whole, false) }
        if self == .jsonValue { return ("null", true) }
        var text = value.rendered.cut(toBytes: limit)
        while true {
            let escaped = escaped(text)
            guard escaped.utf8.count > limit else { return (escaped, true) }
            text = text.cut(toBytes: min(text.utf8.count - 1, text.utf8.count * limit / escaped.utf8.count))
        }
    }

    /// `text` so that it stays one value in this place.
    package func escaped(_ text: String) -> String {
        switch self {
        case .plain, .jsonValue: text
        case .path: Percent.encoded(text, spaceAsPlus: false)
        case .form: Percent.encoded(text, spaceAsPlus: true)
        case .json: json(text)
        case .header: header(text)
        }
    }

    private func json(_ text: String) -> String {
        var escaped = ""
        JSONText.appendEscaped(text, to: &escaped)
        return escaped
    }

    private func header(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: \.isControl) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.filter { !$0.isControl }))
    }
}

/// Percent-encoding (RFC 3986, section 2.1).
package enum Percent {
    /// Encodes everything but letters, digits and `-._~` (in a form `*` stays and `~` does not).
    package static func encoded(_ text: String, spaceAsPlus: Bool) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                bytes.append(byte)
            case UInt8(ascii: "~") where !spaceAsPlus, UInt8(ascii: "*") where spaceAsPlus:
                bytes.append(byte)
            case UInt8(ascii: " ") where spaceAsPlus:
                bytes.append(UInt8(ascii: "+"))
            default:
                bytes.append(UInt8(ascii: "%"))
                bytes.append(hexDigits[Int(byte >> 4)])
                bytes.append(hexDigits[Int(byte & 0xF)])
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Encodes what cannot stand in a URL at all, and leaves what an author wrote as it is: `/`, `&`, `%20`.
    package static func encodingForeign(_ text: String) -> String {
        guard holdsForeign(text) else { return text }
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isForeign(byte) {
                bytes += [UInt8(ascii: "%"), hexDigits[Int(byte >> 4)], hexDigits[Int(byte & 0xF)]]
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether a text has what cannot stand in a URL at all.
    static func holdsForeign(_ text: String) -> Bool { text.withBytes { $0.contains(where: isForeign) } }

    private static func isForeign(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"), UInt8(ascii: "^"),
            UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
            true
        default: byte <= 0x20 || byte >= 0x7F
        }
    }

    private static let hexDigits = Array("0123456789ABCDEF".utf8)
}
