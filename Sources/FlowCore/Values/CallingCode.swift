/// The country, or the countries, that a number in E.164 belongs to (ITU-T E.164, list of assigned country codes).
package struct CallingCode: Sendable {
    /// Without the `+`.
    package let digits: String
    /// ISO 3166-1 alpha-2 codes, the main country first; `001` for what belongs to no country.
    package var regions: [String] { plans.map(\.country) }
    let plans: [NumberPlan]

    /// - Returns: nil for a number whose first digits no country has.
    package init?(of number: PhoneNumber) {
        self.init(leading: number.text.dropFirst())
    }

    /// The code at the beginning of digits without a `+`.
    package init?(leading text: some StringProtocol) {
        let first = text.utf8.prefix(3)
        guard first.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        self.init(leading: first)
    }

    /// - Parameter digits: ASCII digits, with or without more behind the code.
    init?(leading digits: some Collection<UInt8>) {
        plans = NumberPlan.plans(leading: digits)
        guard let code = plans.first?.callingCode else { return nil }
        self.digits = code
    }
}
