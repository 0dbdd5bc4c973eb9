/// A telephone number in E.164: `+` and 7 to 15 digits (ITU-T E.164 allows 15).
package struct PhoneNumber: Hashable, Sendable {
    /// With the `+`.
    package let text: String

    /// Reads a number however it is written, as ``WrittenNumber`` does.
    ///
    /// - Parameter plan: that of the country whose numbers have no `+`.
    /// - Returns: nil for what is no number, and for one with an extension.
    package init?(_ text: some StringProtocol, in plan: NumberPlan? = nil) {
        let written = WrittenNumber(text, in: plan)
        guard let number = written.number, written.extension == nil else { return nil }
        self = number
    }

    /// - Parameter digits: 7 to 15 ASCII digits, the calling code first.
    init(digits: some Collection<UInt8>) {
        text = "+" + String(decoding: digits, as: UTF8.self)
    }

    /// Reads a parameter of Plivo, in which a number is E.164 with or without `+`: 7 to 15 digits.
    ///
    /// - Returns: nil for anything else: `anonymous`, `sip:…`, a short code.
    package init?(plivo text: some StringProtocol) {
        guard let digits = NumberDigits(text), digits.extension.isEmpty else { return nil }
        let all = digits.bytes[...]
        let number = digits.hasPlus ? all : NumberDigits.behindInternationalPrefix(all) ?? all
        guard (7...15).contains(number.count), number.first != UInt8(ascii: "0") else { return nil }
        self.init(digits: number)
    }

    /// A parameter of Plivo in E.164, or as it came where it is no number.
    package static func normalized(_ text: String) -> String { PhoneNumber(plivo: text)?.text ?? text }

    /// Whether it may be shown as a caller's: its calling code is in use, and it does not spell out that there is no number.
    package var isCallerID: Bool { !Self.spelledOut.contains(text) && CallingCode(of: self) != nil }

    /// ANONYMOUS, RESTRICTED, UNAVAILABLE, UNKNOWN, BLOCKED and PRIVATE on a telephone's keys, which networks send in place of
    /// a number that is withheld.
    private static let spelledOut: Set = [
        "+266696687", "+7378742833", "+86282452253", "+8656696", "+2562533", "+7748283",
    ]
}

extension PhoneNumber: CustomStringConvertible {
    package var description: String { text }
}
