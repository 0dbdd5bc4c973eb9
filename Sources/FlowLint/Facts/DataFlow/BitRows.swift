/// A row of bits for each node, in one piece of memory.
struct BitRows: Sendable {
    private let width: Int
    private var words: [UInt64]

    init(rows: Int, bits: Int) {
        width = (bits + 63) / 64
        words = Array(repeating: 0, count: rows * width)
    }

    func contains(_ bit: Int, in row: Int) -> Bool { words[row * width + bit >> 6] & (1 << (UInt64(bit) & 63)) != 0 }

    /// Says whether the bit is new.
    mutating func insert(_ bit: Int, in row: Int) -> Bool {
        if contains(bit, in: row) { return false }
        words[row * width + bit >> 6] |= 1 << (UInt64(bit) & 63)
        return true
    }

    /// Adds to `row` what `other` has, its bits in `hidden` aside; says whether that changed the row.
    mutating func unite(_ row: Int, with other: Int, hiding hidden: Range<Int>) -> Bool {
        var changed = false
        for word in 0..<width {
            var added = words[other * width + word]
            if added != 0, word >= hidden.lowerBound >> 6, word <= hidden.upperBound >> 6 {
                added &= ~Self.mask(of: hidden, in: word)
            }
            let union = words[row * width + word] | added
            if union != words[row * width + word] {
                words[row * width + word] = union
                changed = true
            }
        }
        return changed
    }

    /// The bits of `range` that lie in a word.
    private static func mask(of range: Range<Int>, in word: Int) -> UInt64 {
        let clamped = range.clamped(to: word * 64..<word * 64 + 64)
        guard !clamped.isEmpty else { return 0 }
        let ones: UInt64 = clamped.count == 64 ? .max : (1 << UInt64(clamped.count)) - 1
        return ones << UInt64(clamped.lowerBound - word * 64)
    }
}
