import FlowCore

/// The calling codes of numbers: those of one flow begin alike, so each beginning is looked up once.
struct CallingCodes {
    /// By the first three digits, which no code is longer than.
    private var known: [Int: CallingCode?] = [:]

    /// - Parameter number: in E.164.
    mutating func code(of number: String) -> CallingCode? {
        let leading = number.leadingDigits(3)
        if let code = known[leading] { return code }
        let code = CallingCode(leading: number.dropFirst())
        known.updateValue(code, forKey: leading)
        return code
    }
}

extension String {
    /// The first digits of a number in E.164, as a number: other digits, as many, always give another.
    func leadingDigits(_ count: Int) -> Int {
        utf8.dropFirst().prefix(count).reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}
