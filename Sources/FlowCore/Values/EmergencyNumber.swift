/// Numbers of the police, the fire brigade and ambulances.
package enum EmergencyNumber {
    private static let all: Set<String> = ["000", "110", "111", "112", "119", "911", "999"]

    /// Whether a text is such a number, bare (`911`, `9-1-1`, `tel:112`) or behind a calling code (`+1911`, `+44 999`).
    package static func isMeant(by text: some StringProtocol) -> Bool {
        var text = text.lowercased()
        if text.hasPrefix("tel:") { text.removeFirst(4) }
        let isNumber = text.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-. ()".utf8.contains($0) }
        let digits = String(text.filter { $0.isASCII && $0.isNumber })
        guard isNumber, (3...6).contains(digits.count) else { return false }
        if all.contains(digits) { return true }
        guard let code = CallingCode(leading: digits) else { return false }
        return all.contains(String(digits.dropFirst(code.digits.count)))
    }
}
