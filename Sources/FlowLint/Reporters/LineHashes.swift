/// For each line of a text, a hash that stays as it is where lines above come and go.
///
/// GitHub tells by it whether a finding is one that it knows (docs.github.com, "SARIF support for code scanning"). It is
/// worked out as GitHub's own upload action does for files without it, so that the two never disagree: a polynomial over
/// the 100 UTF-16 units from the start of the line on, all line breaks as one kind and blanks left out, and behind it which
/// of the lines with that hash it is.
struct LineHashes {
    private let hashes: [String]

    init(_ source: [UInt8]) {
        let (units, starts) = Self.units(of: String(decoding: source, as: UTF8.self))
        var counts: [UInt64: Int] = [:]
        hashes = starts.map { start in
            let hash = units[start..<start + Self.reach].reduce(0) { $0 &* 37 &+ UInt64($1) }
            counts[hash, default: 0] += 1
            return "\(String(hash, radix: 16)):\(counts[hash, default: 1])"
        }
    }

    /// The hash of a line, from 1, or nil outside.
    subscript(line: Int) -> String? { hashes.indices.contains(line - 1) ? hashes[line - 1] : nil }

    private static let reach = 100

    /// The units that count, with enough zeros behind them for the last line, and where among them each line begins.
    private static func units(of text: String) -> (units: [UInt16], starts: [Int]) {
        var units: [UInt16] = []
        var starts = [0]
        var isBehindReturn = false
        for unit in text.utf16 {
            let isFeedOfReturn = isBehindReturn && unit == 0x0A
            isBehindReturn = unit == 0x0D
            guard unit != 0x20, unit != 0x09, !isFeedOfReturn else { continue }
            let isBreak = unit == 0x0A || unit == 0x0D
            units.append(isBreak ? 0x0A : unit)
            if isBreak { starts.append(units.count) }
        }
        return (units + [0xFFFF] + Array(repeating: 0, count: reach), starts)
    }
}
