extension IPAddress {
    /// Reads an address in its usual notation: four decimal numbers, or RFC 4291, section 2.2, without a zone.
    ///
    /// - Returns: nil for anything else, the spellings that only a resolver understands (`127.1`, `0x7f000001`) too.
    package init?(_ text: some StringProtocol) {
        if text.contains(":") {
            guard let (high, low) = Self.halves(text) else { return nil }
            self = .v6(high, low)
        } else {
            guard let bits = Self.bits(text) else { return nil }
            self = .v4(bits)
        }
    }

    private static func bits(_ text: some StringProtocol) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bits: UInt32 = 0
        for part in parts {
            // A leading zero means octal to some and nothing to others.
            guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                part.utf8.count == 1 || part.first != "0", let number = UInt8(part)
            else { return nil }
            bits = bits << 8 | UInt32(number)
        }
        return bits
    }

    private static func halves(_ text: some StringProtocol) -> (UInt64, UInt64)? {
        let sides = text.split(separator: "::", omittingEmptySubsequences: false)
        guard sides.count <= 2, let head = groups(sides[0], isEnd: sides.count == 1) else { return nil }
        var all = head
        if sides.count == 2 {
            guard let tail = groups(sides[1], isEnd: true), head.count + tail.count < 8 else { return nil }
            all += Array(repeating: 0, count: 8 - head.count - tail.count) + tail
        }
        guard all.count == 8 else { return nil }
        return (all[..<4].reduce(0) { $0 << 16 | UInt64($1) }, all[4...].reduce(0) { $0 << 16 | UInt64($1) })
    }

    /// Groups of 16 bits; the last two may be written as an IPv4 address.
    private static func groups(_ text: some StringProtocol, isEnd: Bool) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var groups: [UInt16] = []
        for (index, part) in parts.enumerated() {
            if isEnd, index == parts.count - 1, part.contains(".") {
                guard let bits = bits(part) else { return nil }
                groups += [UInt16(bits >> 16), UInt16(bits & 0xFFFF)]
            } else {
                guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy({ $0 != 0x2B && $0 != 0x2D }),
                    let group = UInt16(part, radix: 16)
                else { return nil }
                groups.append(group)
            }
        }
        return groups
    }
}
