/// Where a part of a scalar's text comes from in the file.
///
/// Re-reads the scalar and records which source bytes each text byte came from. It is made when a finding needs it, so that a good file never pays for it;
/// since a long scalar may have many findings, it notes no more than it is asked for.
struct ScalarMap {
    let source: [UInt8]
    /// Where the scalar stands in the source.
    let range: Range<Int>
    /// What the source should give.
    let text: [UInt8]
    /// How many bytes of the text are read.
    private(set) var count = 0
    /// The next byte of the source.
    var index: Int

    /// What is looked for, in bytes of the text, and the place of its first and behind its last byte, when they are found.
    private let part: Range<Int>
    private var start: Int?
    private var end: Int?
    /// The place behind the last byte that was read.
    private var last = 0
    /// Whether the source gave another byte than the text has.
    private var differs = false

    /// The bytes of the source that give `part` of the text; nil outside the text, and if the way from the source to `text` is
    /// another one than expected.
    static func find(
        _ part: Range<Int>,
        of text: String,
        _ style: Scalar.Style,
        in source: [UInt8],
        _ range: Range<Int>
    ) -> Range<Int>? {
        guard part.lowerBound >= 0, part.upperBound <= text.utf8.count, !text.isEmpty else { return nil }
        var map = ScalarMap(source: source, range: range, text: Array(text.utf8), part: part)
        switch style {
        case .plain: map.readPlain()
        case .singleQuoted: map.readSingleQuoted()
        case .doubleQuoted: map.readDoubleQuoted()
        case .json: map.readJSON()
        case .literal: map.readBlock(folds: false)
        case .folded: map.readBlock(folds: true)
        case .absent: return nil
        }
        return map.found
    }

    private init(source: [UInt8], range: Range<Int>, text: [UInt8], part: Range<Int>) {
        self.source = source
        self.range = range
        self.text = text
        self.part = part
        index = range.lowerBound
    }

    private var found: Range<Int>? {
        guard !differs, count == text.count else { return nil }
        // No byte gives an empty part: it is before the next one, or behind all.
        let first = start ?? last
        return first..<(part.isEmpty ? first : max(first, end ?? first))
    }

    /// The byte at the place of reading, or nil at the end of the scalar.
    var byte: UInt8? { index < range.upperBound ? source[index] : nil }

    /// Takes bytes of the source as they are.
    mutating func copy(_ length: Int = 1) {
        let length = min(length, range.upperBound - index)
        guard length > 0 else { return }
        if !gives(length) { differs = true }
        if (count..<count + length).contains(part.lowerBound) { start = index + part.lowerBound - count }
        if (count + 1...count + length).contains(part.upperBound) { end = index + part.upperBound - count }
        index += length
        last = index
        count += length
    }

    /// Takes the bytes up to `limit` that stand for themselves.
    mutating func copy(before limit: Int, while isItself: (UInt8) -> Bool) {
        copy(self.end(of: isItself, before: limit) - index)
    }

    private func end(of isItself: (UInt8) -> Bool, before limit: Int) -> Int {
        let bytes = source.span
        var next = index
        while next < limit, isItself(bytes[next]) { next += 1 }
        return next
    }

    /// Whether the next bytes of the source are those of the text.
    private func gives(_ length: Int) -> Bool {
        guard count + length <= text.count else { return false }
        let written = source.span.extracting(index..<index + length)
        let wanted = text.span.extracting(count..<count + length)
        var difference: UInt8 = 0
        // Without a branch, so that it is done for many bytes at a time.
        for offset in 0..<length { difference |= written[offset] ^ wanted[offset] }
        return difference == 0
    }

    /// Takes a character that the source, from `start` to the place of reading, says in another way.
    mutating func append(_ character: some Sequence<UInt8>, from start: Int) {
        last = max(start, min(index, range.upperBound))
        for byte in character {
            if count >= text.count || text[count] != byte { differs = true }
            if count == part.lowerBound { self.start = start }
            count += 1
            if count == part.upperBound { end = last }
        }
    }
}
