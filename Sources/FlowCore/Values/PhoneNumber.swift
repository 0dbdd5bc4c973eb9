/// A telephone number in E.164: `+` and 7 to 15 digits (ITU-T E.164 allows 15).
package struct PhoneNumber: Hashable, Sendable {
    /// With the `+`.
    package let text: String

    /// Reads 7 to 15 digits with or without `+`; anything else (`anonymous`, `sip:…`, a short code) is no number.
    package init?(_ text: some StringProtocol) {
        let hasPlus = text.utf8.first == UInt8(ascii: "+")
        guard (7...15).contains(text.utf8.count - (hasPlus ? 1 : 0)),
            text.withBytes({ $0.dropFirst(hasPlus ? 1 : 0).allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        self.text = hasPlus ? String(text) : "+" + text
    }

    /// The number in E.164, or the text as it came where it is no number.
    package static func normalized(_ text: String) -> String { PhoneNumber(text)?.text ?? text }
}

extension PhoneNumber: CustomStringConvertible {
    package var description: String { text }
}
