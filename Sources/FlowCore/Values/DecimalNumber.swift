/// A decimal number of any length, compared exactly: `-12.50`.
///
/// Digits, at most one `-` in front and one point with digits on both sides; no exponent, blank, or sign of another kind.
package struct DecimalNumber: Hashable, Sendable {
    private let isNegative: Bool
    /// Digits before the point, without zeros in front.
    private let whole: [UInt8]
    /// Digits behind the point, without zeros at the end.
    private let fraction: [UInt8]

    package init?(_ text: String) {
        let digits = text.hasPrefix("-") ? text.utf8.dropFirst() : text.utf8[...]
        let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count),
            parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        let zero = UInt8(ascii: "0")
        whole = Array(parts[0].drop { $0 == zero })
        fraction = parts.count == 2 ? Array(Array(parts[1].reversed().drop { $0 == zero }).reversed()) : []
        isNegative = text.hasPrefix("-") && !(whole.isEmpty && fraction.isEmpty)
    }
}

extension DecimalNumber: Comparable {
    package static func < (lhs: Self, rhs: Self) -> Bool {
        guard lhs.isNegative == rhs.isNegative else { return lhs.isNegative }
        return lhs.isNegative ? rhs.isCloserToZero(than: lhs) : lhs.isCloserToZero(than: rhs)
    }

    private func isCloserToZero(than other: Self) -> Bool {
        if whole.count != other.whole.count { return whole.count < other.whole.count }
        if whole != other.whole { return whole.lexicographicallyPrecedes(other.whole) }
        return fraction.lexicographicallyPrecedes(other.fraction)
    }
}
