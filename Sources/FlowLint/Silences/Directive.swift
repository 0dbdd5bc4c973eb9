import FlowDocument

/// The inside of a comment that speaks to flowd: `# flowd: ignore[FD204, FD302] why it is meant`.
struct Directive {
    /// The codes, each with its place in bytes; nil where they cannot be read.
    let codes: [(id: String, range: Range<Int>)]?
    let reason: String
    /// From `ignore` to the end of the codes.
    let range: Range<Int>

    /// How many codes one comment may have: more than there are rules.
    private static let maximumCodes = 200

    /// Reads a comment, `#` included; nil if it is about something else.
    init?(_ comment: [UInt8]) {
        var index = 0
        func skip(_ bytes: Set<UInt8>) { while index < comment.count, bytes.contains(comment[index]) { index += 1 } }
        func take(_ word: String) -> Bool {
            let bytes = Array(word.utf8)
            guard comment[index...].starts(with: bytes) else { return false }
            index += bytes.count
            return true
        }
        let blanks: Set<UInt8> = [0x20, 0x09]
        skip(blanks.union([UInt8(ascii: "#")]))
        guard take("flowd:") else { return nil }
        skip(blanks)
        let start = index
        guard take("ignore") else {
            // A remark that only begins with flowd's name.
            let word = comment[start...].prefix { !blanks.contains($0) && $0 != UInt8(ascii: "[") }
            let isMeant =
                comment[start...].contains(UInt8(ascii: "[")) || word.isEmpty
                || nearMiss(String(decoding: word, as: UTF8.self), among: ["ignore"]) != nil
            guard isMeant else { return nil }
            codes = nil
            reason = ""
            range = start..<max(start, comment.count)
            return
        }
        guard index < comment.count, comment[index] == UInt8(ascii: "["),
            let close = comment[index...].firstIndex(of: UInt8(ascii: "]"))
        else {
            codes = nil
            reason = ""
            range = start..<comment.count
            return
        }
        var codes: [(String, Range<Int>)] = []
        for part in comment[index + 1..<close].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let lower = part.firstIndex { !blanks.contains($0) } ?? part.startIndex
            let upper = part.lastIndex { !blanks.contains($0) }.map { $0 + 1 } ?? lower
            codes.append((String(decoding: comment[lower..<upper], as: UTF8.self), lower..<upper))
        }
        self.codes = codes.count <= Self.maximumCodes ? codes : nil
        range = start..<close + 1
        let rest = comment[(close + 1)...]
        let text = rest.drop { blanks.contains($0) || $0 == UInt8(ascii: ":") }
        let end = text.lastIndex { !blanks.contains($0) }.map { $0 + 1 } ?? text.startIndex
        reason = String(decoding: text[text.startIndex..<end], as: UTF8.self)
    }
}
