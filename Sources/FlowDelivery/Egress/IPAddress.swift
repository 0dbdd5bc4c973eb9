/// An address that a connection can be made to, as the numbers it is made of.
package enum IPAddress: Hashable, Sendable {
    case v4(UInt32)
    /// The upper and the lower 64 bits.
    case v6(UInt64, UInt64)

    /// The IPv4 address that an IPv6 address stands for, where it does: what is sent to it ends there.
    package var embedded: IPAddress? {
        guard case .v6(let high, let low) = self else { return nil }
        let last = UInt32(truncatingIfNeeded: low)
        switch (high, low >> 32) {
        // ::a.b.c.d, IPv4-compatible (RFC 4291, section 2.5.5.1), but for :: and ::1.
        case (0, 0) where low > 1: return .v4(last)
        // ::ffff:a.b.c.d, IPv4-mapped (RFC 4291, section 2.5.5.2).
        case (0, 0xFFFF): return .v4(last)
        // ::ffff:0:a.b.c.d, IPv4-translated (RFC 2765).
        case (0, 0xFFFF_0000): return .v4(last)
        // 64:ff9b::/96, NAT64 (RFC 6052).
        case (0x0064_FF9B_0000_0000, 0): return .v4(last)
        default: break
        }
        // 64:ff9b:1::/48, NAT64 of a site (RFC 8215), where it is divided as a /96.
        if high >> 16 == 0x0064_FF9B_0001 { return .v4(last) }
        // 2002::/16, 6to4 (RFC 3056).
        if high >> 48 == 0x2002 { return .v4(UInt32(truncatingIfNeeded: high >> 16)) }
        // 2001::/32, Teredo (RFC 4380): the client's address with every bit turned over.
        if high >> 32 == 0x2001_0000 { return .v4(~last) }
        return nil
    }
}

extension IPAddress: CustomStringConvertible {
    /// IPv6 as RFC 5952 wants it: lower case, the longest run of zeros left out, IPv4-mapped with its dots.
    package var description: String {
        switch self {
        case .v4(let bits):
            return [24, 16, 8, 0].map { String(bits >> $0 & 0xFF) }.joined(separator: ".")
        case .v6(0, let low) where low >> 32 == 0xFFFF:
            return "::ffff:\(IPAddress.v4(UInt32(truncatingIfNeeded: low)))"
        case .v6(let high, let low):
            let groups = [high, low].flatMap { half in [48, 32, 16, 0].map { half >> UInt64($0) & 0xFFFF } }
            guard let zeros = Self.longestZeros(groups) else { return Self.hexadecimal(groups[...]) }
            return Self.hexadecimal(groups[..<zeros.lowerBound]) + "::" + Self.hexadecimal(groups[zeros.upperBound...])
        }
    }

    private static func hexadecimal(_ groups: ArraySlice<UInt64>) -> String {
        groups.map { String($0, radix: 16) }.joined(separator: ":")
    }

    /// The first of the longest runs of at least two zeros.
    private static func longestZeros(_ groups: [UInt64]) -> Range<Int>? {
        var longest: Range<Int>?
        var start = 0
        for index in 0...groups.count where index == groups.count || groups[index] != 0 {
            if index - start >= 2, index - start > longest?.count ?? 0 { longest = start..<index }
            start = index + 1
        }
        return longest
    }
}
