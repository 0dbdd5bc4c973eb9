extension String {
    /// Whether a word is too mixed to be one that people wrote: long, of many characters, letters and digits by turns.
    var looksRandom: Bool {
        let bytes = Array(utf8)
        guard bytes.count >= 28, !isUUID else { return false }
        let classes = bytes.map(Self.characterClass)
        let isHexadecimal = bytes.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20) }
        let changes = zip(classes, classes.dropFirst()).count { $0 != $1 }
        guard classes.contains(0), classes.contains(1) || classes.contains(2) else { return false }
        if isHexadecimal { return bytes.count >= 32 && changes >= 8 && repetition(bytes) <= 0.13 }
        return changes * 3 >= bytes.count && repetition(bytes) <= 0.07
    }

    private static func characterClass(_ byte: UInt8) -> Int {
        switch byte {
        case 0x30...0x39: 0
        case UInt8(ascii: "a")...UInt8(ascii: "z"): 1
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): 2
        default: 3
        }
    }

    /// Ids are looked up and shown; they open nothing.
    private var isUUID: Bool {
        let parts = split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.utf8.count) == [8, 4, 4, 4, 12]
            && parts.joined().utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
            }
    }

    /// How likely two characters of a text, drawn with replacement, are the same.
    private func repetition(_ bytes: [UInt8]) -> Double {
        var counts: [UInt8: Int] = [:]
        for byte in bytes { counts[byte, default: 0] += 1 }
        let pairs = counts.values.reduce(0) { $0 + $1 * $1 }
        return Double(pairs) / Double(bytes.count * bytes.count)
    }
}
