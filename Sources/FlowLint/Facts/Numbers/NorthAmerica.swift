import FlowCore
import FlowDocument

/// What a number behind +1 looks like: area code and exchange begin with 2 to 9 (NANP, ATIS-0300055).
enum NorthAmerica {
    /// Whether ten digits can be a number there.
    static func isNumber(_ digits: some StringProtocol) -> Bool {
        digits.utf8.count == 10 && begins(digits, 0) && begins(digits, 3)
    }

    /// Whether a text that belongs to no country by what the flow says looks like a number there.
    static func isNumber(_ text: String, in plan: NumberPlan?) -> Bool {
        plan == nil && !text.hasPrefix("+") && isNumber(text)
    }

    static func problem(_ digits: some StringProtocol, _ text: String) -> NumberProblem? {
        guard digits.utf8.count == 10 else {
            return NumberProblem(
                message: "\"\(text)\" has \(digits.utf8.count) digits behind +1, and a number there has 10",
                severity: .warning
            )
        }
        // Area code 555 is told apart as a placeholder, whatever follows.
        guard !isNumber(digits), !digits.hasPrefix("555") else { return nil }
        let wrong = begins(digits, 0) ? digits.dropFirst(3).prefix(3) : digits.prefix(3)
        let what = begins(digits, 0) ? "exchange" : "area code"
        return NumberProblem(
            message: "\"\(text)\" cannot ring: no \(what) behind +1 begins with 0 or 1, and \"\(wrong)\" does",
            severity: .warning
        )
    }

    private static func begins(_ digits: some StringProtocol, _ offset: Int) -> Bool {
        digits.utf8.dropFirst(offset).first.map { (UInt8(ascii: "2")...UInt8(ascii: "9")).contains($0) } ?? false
    }
}
