import FlowCore
import FlowDocument

/// Why nobody can be reached by a number.
struct NumberProblem {
    let message: String
    let severity: Finding.Severity
    var help: [String] = []
    /// The number that was probably meant.
    var meant: String?

    /// What the country's own plan rules out; plans change, so it is no error.
    ///
    /// - Parameters:
    ///   - number: in E.164; `code` is its calling code.
    ///   - plan: that of the flow's country.
    static func national(
        _ number: String,
        _ code: CallingCode?,
        as text: String,
        in plan: NumberPlan?
    ) -> NumberProblem? {
        guard let code else { return nil }
        let digits = Substring(number.utf8.dropFirst(1 + code.digits.utf8.count))
        if NorthAmerica.isNumber(text, in: plan) {
            return NumberProblem(
                message: "\"\(text)\" is read as +\(code.digits) \(digits), a number in \(code.regions[0])",
                severity: .warning,
                help: ["write \"+1\(text)\" if it is a number in the USA or Canada, else put the \"+\" in front"]
            )
        }
        if code.digits == "1" { return NorthAmerica.problem(digits, text) }
        guard digits.utf8.first == UInt8(ascii: "0"), withoutTrunkZero.contains(code.digits) else { return nil }
        return NumberProblem(
            message: "\"\(text)\" has a 0 behind +\(code.digits), which is dialled inside \(code.regions[0]) only",
            severity: .warning,
            meant: "+\(code.digits)\(digits.drop { $0 == "0" })"
        )
    }

    /// A number that is kept free for films and examples.
    static func placeholder(_ number: String, as text: String) -> NumberProblem? {
        guard number.utf8.count == 12, number.hasPrefix("+1"), let digits = Int(number) else { return nil }
        let isFiction = digits % 10_000_000 / 100 == 555_01
        guard isFiction || digits / 10_000_000 == 1_555 else { return nil }
        return NumberProblem(
            message: "\"\(text)\" is nobody's number: \(isFiction ? "555-01xx" : "area code 555") is for examples",
            severity: .info
        )
    }

    /// Countries that write a 0 before a number at home, and never behind the country code.
    private static let withoutTrunkZero: Set<String> = [
        "20", "27", "31", "32", "33", "353", "40", "41", "43", "44", "46", "49", "60", "61", "62", "63", "64", "66",
        "81", "82", "84", "86", "90", "91", "92", "94", "971", "972",
    ]
}
