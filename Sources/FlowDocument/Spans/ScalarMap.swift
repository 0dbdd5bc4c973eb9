/// Where each byte of a scalar's text comes from in the file.
///
/// Reads the scalar a second time, noting the way. It is made when a finding needs it, so that a good file never pays for it.
struct ScalarMap {
    let source: [UInt8]
    /// Where the scalar stands in the source.
    let range: Range<Int>
    /// The text as far as it is read.
    private(set) var text: [UInt8] = []
    /// For each byte of the text, where in the source the character begins that it is a part of, and where that ends.
    private(set) var origins: [Range<Int>] = []
    /// The next byte of the source.
    var index: Int

    /// Nil if the way from the source to `text` is another one than expected.
    init?(_ source: [UInt8], _ range: Range<Int>, style: Scalar.Style, text: String) {
        self.source = source
        self.range = range
        index = range.lowerBound
        switch style {
        case .plain: readPlain()
        case .singleQuoted: readSingleQuoted()
        case .doubleQuoted: readDoubleQuoted()
        case .json: readJSON()
        case .literal: readBlock(text: Array(text.utf8), folds: false)
        case .folded: readBlock(text: Array(text.utf8), folds: true)
        case .absent: return nil
        }
        guard self.text.elementsEqual(text.utf8) else { return nil }
    }

    /// The bytes of the source that give `part` of the text; nil outside the text.
    func source(of part: Range<Int>) -> Range<Int>? {
        guard part.lowerBound >= 0, part.upperBound <= text.count, !text.isEmpty else { return nil }
        if part.isEmpty {
            let place =
                part.lowerBound < text.count ? origins[part.lowerBound].lowerBound : origins[text.count - 1].upperBound
            return place..<place
        }
        let (start, end) = (origins[part.lowerBound].lowerBound, origins[part.upperBound - 1].upperBound)
        return start..<max(start, end)
    }

    /// The byte at the place of reading, or nil at the end of the scalar.
    var byte: UInt8? { index < range.upperBound ? source[index] : nil }

    /// Takes bytes of the source as they are.
    mutating func copy(_ length: Int = 1) {
        for offset in index..<min(index + length, range.upperBound) {
            text.append(source[offset])
            origins.append(offset..<offset + 1)
        }
        index += length
    }

    /// Takes a character that the source, from `start` to the place of reading, says in another way.
    mutating func append(_ character: some Sequence<UInt8>, from start: Int) {
        for byte in character {
            text.append(byte)
            origins.append(start..<max(start, min(index, range.upperBound)))
        }
    }
}
