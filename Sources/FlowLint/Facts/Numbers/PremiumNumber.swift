import FlowCore

/// Ranges whose calls cost more than a call to their country.
///
/// Taken from the numbering plans of ITU-T and the national regulators; only ranges that are nothing else are listed.
enum PremiumNumber {
    /// What a number is, in words that follow "is", or nil for an ordinary one.
    ///
    /// - Parameter number: in E.164.
    static func kind(of number: String) -> String? {
        guard let candidates = byBeginning[number.leadingDigits(3)] else { return nil }
        return candidates.first { number.hasPrefix($0.prefix) }?.kind
    }

    /// The prefixes, `+` included, by their first three digits, which tell most numbers from all of them.
    private static let byBeginning = Dictionary(
        grouping: ranges.flatMap { range in range.prefixes.map { (prefix: "+" + $0, kind: range.kind) } },
        by: { $0.prefix.leadingDigits(3) }
    )

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
