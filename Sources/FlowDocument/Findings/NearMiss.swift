/// The name among `candidates` that `name` was probably meant to be.
///
/// No guess beats a wrong one: the shorter the name, the nearer the other has to be, and of several that are equally near
/// there is a guess only where one has the same letters. A name without letters is a number, and every digit of it counts.
/// Nobody mistypes a name of more than 64 characters, so that there is no guess for one.
///
/// - Parameter swapsUpTo: for names up to this length, in characters, only transpositions count.
package func nearMiss(_ name: String, among candidates: some Sequence<String>, swapsUpTo length: Int = 3) -> String? {
    guard let wanted = EditPattern(name), wanted.hasLetter else { return nil }
    var bound = wanted.bound
    var best: (name: String, isSwap: Bool)?
    var isUnclear = false
    for candidate in candidates where candidate != name {
        guard let distance = wanted.distance(to: candidate, bound: bound) else { continue }
        if distance == 0 { return candidate }
        let isSwap = distance == 1 && wanted.isSwap(of: candidate)
        if wanted.count <= length, !isSwap { continue }
        if let best, distance == bound, best.isSwap || !isSwap {
            if best.isSwap == isSwap, best.name != candidate { isUnclear = true }
            continue
        }
        best = (candidate, isSwap)
        isUnclear = false
        bound = distance
    }
    return isUnclear ? nil : best?.name
}

/// A name to compare with many others, whatever their case.
///
/// A bit of a word stands for each of its characters, so that a row of the table of distances is a few operations (Hyyrö,
/// "A bit-vector algorithm for computing Levenshtein and Damerau edit distances", 2003).
private struct EditPattern {
    /// The name in lowercase.
    private let scalars: [Unicode.Scalar]
    /// Where each ASCII character stands in the name.
    private var places = [UInt64](repeating: 0, count: 0x80)
    private var otherPlaces: [Unicode.Scalar: UInt64] = [:]

    /// - Returns: nil where the name has no character, or more than a word has bits.
    init?(_ name: String) {
        // No character has more than four bytes.
        guard name.utf8.count <= 4 * UInt64.bitWidth else { return nil }
        scalars = Array(name.lowercased().unicodeScalars)
        guard (1...UInt64.bitWidth).contains(count) else { return nil }
        for (index, scalar) in scalars.enumerated() {
            if scalar.isASCII {
                places[Int(scalar.value)] |= 1 << UInt64(index)
            } else {
                otherPlaces[scalar, default: 0] |= 1 << UInt64(index)
            }
        }
    }

    /// In characters.
    var count: Int { scalars.count }
    var hasLetter: Bool { scalars.contains(where: \.properties.isAlphabetic) }

    /// How far another name may be away.
    var bound: Int {
        switch count {
        case ...5: 1
        case ...11: 2
        default: 3
        }
    }

    /// Whether nothing but two neighbours have changed their places.
    func isSwap(of other: String) -> Bool {
        let other = Array(other.lowercased().unicodeScalars)
        guard other.count == count, let first = scalars.indices.first(where: { scalars[$0] != other[$0] }) else {
            return false
        }
        var swapped = other
        guard first + 1 < count else { return false }
        swapped.swapAt(first, first + 1)
        return swapped == scalars
    }

    /// The number of insertions, deletions, substitutions and swaps of neighbours between the names, or nil above `bound`.
    func distance(to other: String, bound: Int) -> Int? {
        if other.utf8.count > count + bound {
            // Most names are ASCII, and then this is all there is to do.
            if other.utf8.count > 4 * (count + bound) || other.utf8.allSatisfy({ $0 < 0x80 }) { return nil }
        }
        var rows = Rows(distance: count, last: 1 << UInt64(count - 1))
        if other.utf8.allSatisfy({ $0 < 0x80 }) {
            guard other.utf8.count >= count - bound else { return nil }
            var left = other.utf8.count
            for byte in other.utf8 {
                let isCapital = (0x41...0x5A).contains(byte)
                rows.add(places[Int(isCapital ? byte | 0x20 : byte)])
                left -= 1
                // Each character that is left brings the names nearer by one at most.
                if rows.distance - left > bound { return nil }
            }
        } else {
            for scalar in other.lowercased().unicodeScalars {
                rows.add(scalar.isASCII ? places[Int(scalar.value)] : otherPlaces[scalar] ?? 0)
            }
        }
        return rows.distance <= bound ? rows.distance : nil
    }

    /// The last row of the table, as differences between neighbours.
    private struct Rows {
        /// Between the whole name and what was added.
        private(set) var distance: Int
        /// The bit of the name's last character.
        private let last: UInt64
        private var ups = UInt64.max
        private var downs: UInt64 = 0
        private var levels: UInt64 = 0
        private var previous: UInt64 = 0

        init(distance: Int, last: UInt64) {
            self.distance = distance
            self.last = last
        }

        /// - Parameter places: where the next character of the other name stands in this one.
        mutating func add(_ places: UInt64) {
            let swapped = (~levels & places) << 1 & previous
            levels = ((places & ups) &+ ups) ^ ups | places | downs | swapped
            var right = downs | ~(levels | ups)
            var left = levels & ups
            if right & last != 0 { distance += 1 }
            if left & last != 0 { distance -= 1 }
            right = right << 1 | 1
            left <<= 1
            ups = left | ~(levels | right)
            downs = right & levels
            previous = places
        }
    }
}
