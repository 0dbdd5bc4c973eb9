/// Numbers of the police, the fire brigade and ambulances.
package enum EmergencyNumber {
    private static let all: Set<String> = ["000", "110", "111", "112", "119", "911", "999"]

    /// Whether a text is such a number, bare (`911`, `9-1-1`, `tel:112`) or behind a calling code (`+1911`, `+44 999`).
    package static func isMeant(by text: some StringProtocol) -> Bool {
        NumberDigits(text).map { isMeant(by: $0) } ?? false
    }

    static func isMeant(by number: NumberDigits) -> Bool {
        guard (3...6).contains(number.bytes.count) else { return false }
        let digits = String(decoding: number.bytes, as: UTF8.self)
        if all.contains(digits) { return true }
        guard let code = CallingCode(leading: digits) else { return false }
        return all.contains(String(digits.dropFirst(code.digits.count)))
    }
}
