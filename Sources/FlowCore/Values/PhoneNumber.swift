/// A telephone number in E.164: `+` and 7 to 15 digits (ITU-T E.164 allows 15).
package struct PhoneNumber: Hashable, Sendable {
    /// With the `+`.
    package let text: String

    /// Reads 7 to 15 digits with or without `+`; anything else (`anonymous`, `sip:…`, a short code) is no number.
    package init?(_ text: some StringProtocol) {
        let hasPlus = text.utf8.first == UInt8(ascii: "+")
        var digits = 0
        for byte in text.utf8.dropFirst(hasPlus ? 1 : 0) {
            guard (0x30...0x39).contains(byte), digits < 15 else { return nil }
            digits += 1
        }
        guard digits >= 7 else { return nil }
        self.text = hasPlus ? String(text) : "+" + text
    }

    /// The number in E.164, or the text as it came where it is no number.
    package static func normalized(_ text: String) -> String { PhoneNumber(text)?.text ?? text }
}

extension PhoneNumber: CustomStringConvertible {
    package var description: String { text }
}
