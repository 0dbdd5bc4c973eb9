/// A telephone number in E.164: `+` and 7 to 15 digits (ITU-T E.164 allows 15).
package struct PhoneNumber: Hashable, Sendable {
    /// With the `+`.
    package let text: String

    /// Reads 7 to 15 digits with or without `+`; anything else (`anonymous`, `sip:…`, a short code) is no number.
    package init?(_ text: some StringProtocol) {
        var digits = text.utf8[...]
        let hasPlus = digits.first == UInt8(ascii: "+")
        if hasPlus { digits = digits.dropFirst() }
        guard (7...15).contains(digits.count), digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        self.text = hasPlus ? String(text) : "+" + text
    }

    /// The number in E.164, or the text as it came where it is no number.
    package static func normalized(_ text: String) -> String { PhoneNumber(text)?.text ?? text }
}

extension PhoneNumber: CustomStringConvertible {
    package var description: String { text }
}
