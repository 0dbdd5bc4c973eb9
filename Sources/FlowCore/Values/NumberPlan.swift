/// How a country writes and dials its telephone numbers (ITU-T E.164 and the national numbering plans).
package struct NumberPlan: Sendable {
    /// ISO 3166-1 alpha-2; `001` for what belongs to no country.
    package let country: String
    /// The digits behind the `+`.
    package let callingCode: String
    /// What is dialled before a calling code; nil where it chooses a carrier.
    let internationalPrefix: String?
    /// What is dialled before a number of the same country; nil where nothing is.
    let trunkPrefix: String?
    /// Digits of a number without calling code and trunk prefix: of any, of fixed lines, of mobiles.
    private let lengths: (all: Lengths, fixed: Lengths, mobile: Lengths)

    /// The plan of a country.
    ///
    /// - Returns: nil for what is no country's code, in capitals, or has no telephones of its own.
    package init?(country: String) {
        guard let plan = Self.byCountry[country] else { return nil }
        self = plan
    }

    /// The plans behind the calling code that some digits begin with, the main country's first.
    static func plans(leading digits: some Collection<UInt8>) -> [NumberPlan] {
        guard digits.first != UInt8(ascii: "0") else { return [] }
        var code = 0
        for digit in digits.prefix(3) {
            code = code * 10 + Int(digit - 0x30)
            if let plans = byCode[code] { return plans }
        }
        return []
    }

    /// All countries with telephones, in the order of the alphabet.
    package static let countries = byCountry.keys.sorted()

    private static let all: [NumberPlan] = NumberPlanFacts.text.split { $0 == "\n" || $0 == "," }.compactMap {
        NumberPlan($0)
    }
    private static let byCountry = Dictionary(all.lazy.filter { $0.country != "001" }.map { ($0.country, $0) }) {
        first,
        _ in first
    }
    /// No code begins with 0, and none is the beginning of another.
    private static let byCode = Dictionary(grouping: all) { Int($0.callingCode) ?? 0 }

    /// Reads one entry of ``NumberPlanFacts``.
    private init?(_ entry: Substring) {
        let words = entry.split(separator: " ").map { $0 == "-" ? nil : String($0) }
        guard words.count == 7, let country = words[0], let code = words[1] else { return nil }
        self.country = country
        callingCode = code
        internationalPrefix = words[2]
        trunkPrefix = words[3]
        lengths = (Lengths(words[4]), Lengths(words[5]), Lengths(words[6]))
    }

    // MARK: Numbers of the country

    /// Whether so many digits can follow the calling code.
    func takes(_ digits: some Collection<UInt8>) -> Bool {
        lengths.all.contains(digits.count) && beginsRightly(digits)
    }

    /// Whether so many digits can follow the calling code of a fixed line or a mobile.
    func takesLine(_ digits: some Collection<UInt8>) -> Bool {
        (lengths.fixed.contains(digits.count) || lengths.mobile.contains(digits.count)) && beginsRightly(digits)
    }

    /// The digits behind the calling code of a number that is written as it is dialled inside the country.
    ///
    /// - Returns: nil for what is no such number.
    func national(_ digits: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let trunkPrefix else {
            // The calling code is looked for last: Italian mobiles begin with 39 too.
            return takesLine(digits) ? digits : behindCode(digits)
        }
        if digits.starts(with: trunkPrefix.utf8) {
            let rest = digits.dropFirst(trunkPrefix.utf8.count)
            if takes(rest) { return rest }
        }
        if let rest = behindCode(digits) { return rest }
        // Without trunk prefix a short one has no area code, and is known in its town only.
        let isWhole = lengths.mobile.contains(digits.count) || digits.count > 7
        return digits.first != UInt8(ascii: "0") && isWhole && takesLine(digits) ? digits : nil
    }

    private func behindCode(_ digits: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard digits.starts(with: callingCode.utf8) else { return nil }
        let rest = digits.dropFirst(callingCode.utf8.count)
        return takesLine(rest) ? rest : nil
    }

    /// In North America area code and exchange begin with 2 to 9 (ATIS-0300055); elsewhere a trunk 0 is not dialled twice.
    private func beginsRightly(_ digits: some Collection<UInt8>) -> Bool {
        guard callingCode == "1" else { return trunkPrefix != "0" || digits.first != UInt8(ascii: "0") }
        return [digits.first, digits.dropFirst(3).first].allSatisfy { digit in
            digit.map { (UInt8(ascii: "2")...UInt8(ascii: "9")).contains($0) } ?? false
        }
    }

    /// A set of lengths up to 31, a bit each.
    private struct Lengths: Sendable {
        private var bits: UInt32 = 0

        /// Reads `5-9+11`; nil is none.
        init(_ text: String?) {
            for range in text?.split(separator: "+") ?? [] {
                let ends = range.split(separator: "-").compactMap { Int($0) }
                guard let first = ends.first, let last = ends.last else { continue }
                for length in first...max(first, last) where length < 32 { bits |= 1 << UInt32(length) }
            }
        }

        func contains(_ length: Int) -> Bool { (0..<32).contains(length) && bits & 1 << UInt32(length) != 0 }
    }
}
