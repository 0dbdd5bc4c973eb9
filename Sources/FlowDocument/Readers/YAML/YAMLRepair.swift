/// A YAML text whose values that lack their quotes have been given them, so that one forgotten quote hides nothing.
///
/// Lines stay lines: only quotes are put in, so that every place leads back to the author's text.
struct YAMLRepair {
    /// The text as the author wrote it, but for tabs that indent nothing.
    private(set) var source: [UInt8]
    /// The stretches of the source that are quoted, in its order.
    private(set) var values: [Range<Int>] = []
    /// The text with the quotes put in; without a byte order mark.
    private(set) var text: ArraySlice<UInt8>
    /// The places of the quotes in the text, in characters.
    private(set) var insertions: [Int] = []

    init(_ source: [UInt8]) {
        self.source = source
        text = source[source.byteOrderMarkLength...]
    }

    /// Whether a value that begins at `offset` of the source has been given quotes.
    func isRepaired(at offset: Int) -> Bool {
        let next = nextIndex(after: offset)
        return next > 0 && values[next - 1].lowerBound == offset
    }

    /// The quoted stretch that holds `offset`.
    func value(at offset: Int) -> Range<Int>? {
        let next = nextIndex(after: offset)
        guard next > 0, values[next - 1].contains(offset) else { return nil }
        return values[next - 1]
    }

    /// Quotes more values, except those that meet one that is quoted already and do not go on behind it.
    ///
    /// - Returns: The values that are new.
    mutating func quote(_ more: [UnquotedValue]) -> [UnquotedValue] {
        var added: [UnquotedValue] = []
        for value in more.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            var next = nextIndex(after: value.range.lowerBound)
            if next > 0, goesOn(value.range, behind: values[next - 1]) {
                next -= 1
                values.remove(at: next)
            }
            if next > 0, values[next - 1].upperBound > value.range.lowerBound { continue }
            if next < values.count, values[next].lowerBound < value.range.upperBound { continue }
            values.insert(value.range, at: next)
            added.append(value)
        }
        if !added.isEmpty { build() }
        return added
    }

    /// Puts spaces in the place of tabs that indent nothing.
    ///
    /// - Returns: Whether there were any.
    mutating func replaceIdleTabs() -> Bool {
        guard let text = IdleTabs.replaced(in: source) else { return false }
        source = text
        build()
        return true
    }

    /// Whether a value begins with one that is quoted already, has more text behind it, and meets no other.
    private func goesOn(_ range: Range<Int>, behind value: Range<Int>) -> Bool {
        guard range.lowerBound == value.lowerBound, range.upperBound > value.upperBound else { return false }
        let next = nextIndex(after: value.lowerBound)
        return next == values.count || values[next].lowerBound >= range.upperBound
    }

    private func nextIndex(after offset: Int) -> Int {
        var (low, high) = (0, values.count)
        while low < high {
            let middle = (low + high) / 2
            if values[middle].lowerBound > offset { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private mutating func build() {
        let quote = UInt8(ascii: "'")
        var text: [UInt8] = []
        text.reserveCapacity(source.count + values.count * 4)
        insertions = []
        var characters = 0
        func copy(_ range: Range<Int>, doubling: Bool) {
            for byte in source[range] {
                if doubling, byte == quote { insert() }
                text.append(byte)
                if !byte.isContinuation { characters += 1 }
            }
        }
        func insert() {
            insertions.append(characters)
            text.append(quote)
            characters += 1
        }
        var copied = source.byteOrderMarkLength
        for value in values {
            copy(copied..<value.lowerBound, doubling: false)
            insert()
            copy(value, doubling: true)
            insert()
            copied = value.upperBound
        }
        copy(copied..<source.count, doubling: false)
        self.text = text[...]
    }
}
