/// A text by lines, for those who show a finding in its place.
///
/// Takes any bytes, also those of a file that no reader could read. A line ends with `\n`, `\r\n` or a lone `\r`.
package struct SourceLines: Sendable {
    private let source: [UInt8]
    /// The offset of the first byte of each line; a byte order mark is before the first.
    private let starts: [Int]

    package init(_ source: [UInt8]) {
        self.source = source
        var starts = [source.byteOrderMarkLength]
        for index in source.indices where source[index].isLineBreak {
            if source[index] == 0x0D, source.at(index + 1) == 0x0A { continue }
            starts.append(index + 1)
        }
        self.starts = starts
    }

    /// The number of lines; an empty text has one.
    package var count: Int { starts.count }

    /// The text of a line, from 1, without its line break, or nil outside.
    ///
    /// It has as many Unicode scalars as the line has columns: each byte that is no UTF-8 becomes U+FFFD.
    package subscript(line: Int) -> String? {
        guard starts.indices.contains(line - 1) else { return nil }
        let start = starts[line - 1]
        let end = source.lineEnd(from: start)
        if let text = String(validating: source[start..<end], as: UTF8.self) { return text }
        var text = ""
        var index = start
        while index < end {
            let next = source.characterEnd(at: index)
            text += source.text(index..<next)
            index = next
        }
        return text
    }

    /// The place of a byte.
    ///
    /// An offset outside the text stands for its nearest end.
    package func position(at offset: Int) -> Position {
        let offset = min(max(offset, starts[0]), source.count)
        let line = starts.partitioningIndex { $0 > offset } - 1
        let column = source.characterCount(starts[line]..<max(offset, starts[line])) + 1
        return Position(line: line + 1, column: column, offset: offset)
    }
}

extension Document {
    /// The file's lines, worked out anew at each use.
    package var lines: SourceLines { SourceLines(source) }
}

extension [Int] {
    /// The first index of a sorted array whose element is in the upper part, by binary search.
    func partitioningIndex(where isUpper: (Int) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isUpper(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
