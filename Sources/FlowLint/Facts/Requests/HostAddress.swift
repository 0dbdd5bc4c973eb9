/// The address that a URL's host is, in whatever spelling a resolver takes for one.
struct HostAddress: Hashable {
    enum Number: Hashable {
        case v4(UInt32)
        /// Eight groups.
        case v6([UInt16])
    }

    let number: Number
    /// Whether it is written as people write addresses: four decimal numbers, or IPv6 that stands for no IPv4 address.
    let isPlain: Bool

    /// - Parameter host: in lower case; nil for a name.
    init?(_ host: some StringProtocol) {
        if host.hasPrefix("[") {
            guard let groups = Self.groups(host.dropFirst().prefix { $0 != "]" }) else { return nil }
            number = .v6(groups)
            isPlain = Self.embedded(groups) == nil
        } else {
            // Most names are told from addresses by their first letter.
            guard let first = host.utf8.first, (0x30...0x39).contains(first),
                let (bits, isPlain) = Self.bits(host.hasSuffix(".") ? host.dropLast() : host[...])
            else { return nil }
            number = .v4(bits)
            self.isPlain = isPlain
        }
    }

    init(v4 bits: UInt32) {
        number = .v4(bits)
        isPlain = true
    }

    /// The IPv4 address that is meant, also where IPv6 carries it.
    var v4: UInt32? {
        switch number {
        case .v4(let bits): bits
        case .v6(let groups): Self.embedded(groups)
        }
    }

    /// As `inet_aton` reads it: one to four numbers, decimal, octal (`0…`) or hexadecimal (`0x…`), the last of which
    /// fills the rest.
    private static func bits(_ text: some StringProtocol) -> (bits: UInt32, isPlain: Bool)? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...4).contains(parts.count) else { return nil }
        var bits: UInt64 = 0
        var isPlain = parts.count == 4
        for (index, part) in parts.enumerated() {
            guard let number = number(part) else { return nil }
            let room = index == parts.count - 1 ? 8 * (5 - parts.count) : 8
            guard number < 1 << UInt64(room) else { return nil }
            bits = bits << UInt64(room) | number
            if part.utf8.count > 1, part.first == "0" { isPlain = false }
        }
        return (UInt32(truncatingIfNeeded: bits), isPlain)
    }

    private static func number(_ text: some StringProtocol) -> UInt64? {
        guard let first = text.first, first.isASCII, first.isNumber else { return nil }
        if text.hasPrefix("0x") { return text.count == 2 ? 0 : UInt64(text.dropFirst(2), radix: 16) }
        return UInt64(text, radix: text.count > 1 && first == "0" ? 8 : 10)
    }

    /// RFC 4291, section 2.2.
    private static func groups(_ text: some StringProtocol) -> [UInt16]? {
        let sides = text.split(separator: "::", omittingEmptySubsequences: false).map { side in
            side.isEmpty ? [] : side.split(separator: ":", omittingEmptySubsequences: false)
        }
        guard (1...2).contains(sides.count) else { return nil }
        var halves: [[UInt16]] = []
        for side in sides {
            var half: [UInt16] = []
            for part in side {
                if part.contains("."), let (bits, isPlain) = bits(part), isPlain {
                    half += [UInt16(bits >> 16), UInt16(bits & 0xFFFF)]
                } else if part.utf8.count <= 4, let group = UInt16(part, radix: 16) {
                    half.append(group)
                } else {
                    return nil
                }
            }
            halves.append(half)
        }
        guard let head = halves.first, let tail = halves.dropFirst().first else {
            return halves[0].count == 8 ? halves[0] : nil
        }
        let missing = 8 - head.count - tail.count
        return missing > 0 ? head + Array(repeating: 0, count: missing) + tail : nil
    }

    /// The IPv4 address of `::ffff:a.b.c.d`, `::a.b.c.d`, NAT64 (RFC 6052) and 6to4 (RFC 3056).
    private static func embedded(_ groups: [UInt16]) -> UInt32? {
        let last = UInt32(groups[6]) << 16 | UInt32(groups[7])
        let head = Array(groups[..<6])
        if head == [0, 0, 0, 0, 0, 0xFFFF] || head == [0x64, 0xFF9B, 0, 0, 0, 0] { return last }
        if head == [0, 0, 0, 0, 0, 0], last > 1 { return last }
        return groups[0] == 0x2002 ? UInt32(groups[1]) << 16 | UInt32(groups[2]) : nil
    }

    /// The IPv4 address in its usual notation.
    static func text(_ bits: UInt32) -> String {
        [24, 16, 8, 0].map { String(bits >> $0 & 0xFF) }.joined(separator: ".")
    }
}
