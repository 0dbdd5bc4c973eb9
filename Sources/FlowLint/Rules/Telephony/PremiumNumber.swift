import FlowCore

/// Ranges whose calls cost more than a call to their country.
///
/// Taken from the numbering plans of ITU-T and the national regulators; only ranges that are nothing else are listed.
enum PremiumNumber {
    /// What a number is, in words that follow "is", or nil for an ordinary one.
    static func kind(of number: PhoneNumber) -> String? {
        let digits = number.text.dropFirst()
        return lengths.lazy.compactMap { kinds[String(digits.prefix($0))] }.first
    }

    private static let kinds = Dictionary(
        uniqueKeysWithValues: ranges.flatMap { range in range.prefixes.map { ($0, range.kind) } }
    )
    private static let lengths = Set(kinds.keys.map(\.count)).sorted()

    private static let ranges: [(kind: String, prefixes: [String])] = [
        ("an international premium-rate number", ["979"]),
        ("a satellite phone", ["870", "881"]),
        ("a number of an international network, a usual target of fraud", ["882", "883"]),
        (
            "a premium-rate number",
            [
                "1900", "449", "49900", "43900", "43930", "41900", "41901", "41906", "31900", "31906", "31909",
                "3389", "39899", "39892", "39894", "39895", "34803", "34806", "34807", "46900", "61190", "64900",
                "420900", "421900", "3690", "358600", "358700", "90900",
            ]
        ),
    ]
}
