/// How far a time zone's clocks are from UTC, and when that changes: a TZif file (RFC 9636) in memory.
package struct ZoneRules: Hashable, Sendable {
    /// A moment from which another offset holds.
    struct Change: Hashable, Sendable {
        /// Seconds since 1970, UTC.
        let at: Int64
        /// Seconds east of UTC.
        let offset: Int64
    }

    /// Before the first change, in seconds east of UTC.
    private let first: Int64
    /// In the order of time.
    private let changes: [Change]
    /// What holds behind the last change: the file's footer.
    private let yearly: YearlyRule?

    package static let utc = ZoneRules(first: 0, changes: [], yearly: nil)

    init(first: Int64, changes: [Change], yearly: YearlyRule?) {
        self.first = first
        self.changes = changes
        self.yearly = yearly
    }

    /// The offset at a moment, in seconds east of UTC.
    package func offset(at seconds: Int64) -> Int64 {
        guard let last = changes.last, seconds < last.at else {
            return yearly?.offset(at: seconds) ?? changes.last?.offset ?? first
        }
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].at <= seconds { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? first : changes[low - 1].offset
    }

    /// The moments behind one and up to another at which the offset may change, in the order of time.
    package func changes(after start: Int64, upTo end: Int64) -> [Int64] {
        let listed = changes.lazy.map(\.at).filter { start < $0 && $0 <= end }
        let last = changes.last?.at ?? .min
        let further = yearly?.changes(after: max(start, last), upTo: end).map(\.at) ?? []
        return Array(listed) + further
    }
}

extension ZoneRules {
    /// Reads a TZif file of version 2 or later (RFC 9636, section 3).
    ///
    /// - Returns: nil for bytes that are none.
    package init?(tzif bytes: [UInt8]) {
        guard let old = Header(bytes, at: 0), old.version >= UInt8(ascii: "2") else { return nil }
        // The block of version 1 has times of four bytes, and is there for old readers.
        let start = Header.size + old.length(timeSize: 4)
        guard let header = Header(bytes, at: start) else { return nil }
        let times = start + Header.size
        let types = times + header.times * 9
        let end = start + Header.size + header.length(timeSize: 8)
        guard end <= bytes.count, header.types > 0 else { return nil }
        func number(_ place: Int, _ size: Int) -> Int64 {
            let bits = bytes[place..<place + size].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return size == 8 ? Int64(bitPattern: bits) : Int64(Int32(truncatingIfNeeded: bits))
        }
        func offset(_ type: Int) -> Int64 { number(types + type * 6, 4) }
        var changes: [Change] = []
        for index in 0..<header.times {
            let type = Int(bytes[times + header.times * 8 + index])
            let at = number(times + index * 8, 8)
            guard type < header.types, changes.last.map({ $0.at < at }) ?? true else { return nil }
            changes.append(Change(at: at, offset: offset(type)))
        }
        let footer = bytes[end...].dropFirst().prefix { $0 != UInt8(ascii: "\n") }
        self.init(first: offset(0), changes: changes, yearly: YearlyRule(String(decoding: footer, as: UTF8.self)))
    }

    /// How many of what a block has.
    private struct Header {
        static let size = 44

        let version: UInt8
        private let counts: [Int]

        init?(_ bytes: [UInt8], at start: Int) {
            guard start >= 0, start <= bytes.count - Self.size, bytes[start...].starts(with: "TZif".utf8) else {
                return nil
            }
            version = bytes[start + 4]
            counts = (0..<6).map { index in
                bytes[(start + 20 + index * 4)..<(start + 24 + index * 4)].reduce(0) { $0 << 8 | Int($1) }
            }
            // More than any file has, and few enough to be multiplied.
            guard counts.allSatisfy({ $0 <= 1_000_000 }) else { return nil }
        }

        var times: Int { counts[3] }
        var types: Int { counts[4] }

        /// Bytes behind the header.
        func length(timeSize: Int) -> Int {
            let (isUT, isStandard, leaps, letters) = (counts[0], counts[1], counts[2], counts[5])
            return times * (timeSize + 1) + types * 6 + letters + leaps * (timeSize + 4) + isStandard + isUT
        }
    }
}
