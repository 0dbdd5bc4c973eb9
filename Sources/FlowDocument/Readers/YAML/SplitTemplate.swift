/// A template whose braces a formatter of YAML has set apart, as it took `{{` for a mapping in a mapping:
/// `{ ? { Start.call.from } }`, `{ { Start.call.from }: null }`.
struct SplitTemplate {
    let range: Range<Int>
    /// The template as its author wrote it: `{{Start.call.from}}`.
    let template: String

    /// - Parameter start: the place of the first brace.
    /// - Returns: nil where there is something else, or more behind it.
    init?(at start: Int, in source: [UInt8]) {
        var cursor = Cursor(source: source, index: start)
        guard cursor.take("{") else { return nil }
        let isApart = cursor.skipBlanks()
        if cursor.take("?") {
            guard cursor.skipBlanks() else { return nil }
        } else if !isApart {
            return nil
        }
        guard cursor.take("{"), let content = cursor.takeContent(), cursor.take("}") else { return nil }
        cursor.skipBlanks()
        if cursor.take(":") {
            cursor.skipBlanks()
            _ = cursor.take("null") || cursor.take("~")
            cursor.skipBlanks()
        }
        guard cursor.take("}") else { return nil }
        range = start..<cursor.index
        template = "{{\(content)}}"
        guard cursor.isAtEnd else { return nil }
    }

    /// Goes through one line.
    private struct Cursor {
        let source: [UInt8]
        var index: Int

        mutating func take(_ text: StaticString) -> Bool {
            let count = text.utf8CodeUnitCount
            guard index + count <= source.count else { return false }
            for offset in 0..<count where source[index + offset] != text.utf8Start[offset] { return false }
            index += count
            return true
        }

        /// - Returns: whether there were any.
        @discardableResult
        mutating func skipBlanks() -> Bool {
            let start = index
            while let byte = source.at(index), byte.isBlank { index += 1 }
            return index > start
        }

        /// What is before the next `}` of the line, without blanks at its ends; nil for nothing, and for another mapping.
        mutating func takeContent() -> String? {
            skipBlanks()
            let start = index
            while let byte = source.at(index), !byte.isLineBreak, byte != UInt8(ascii: "{"), byte != UInt8(ascii: "}") {
                index += 1
            }
            var end = index
            while end > start, source[end - 1].isBlank { end -= 1 }
            return end > start ? source.text(start..<end) : nil
        }

        /// Whether nothing more of the value is behind: the line ends, or an item in brackets.
        var isAtEnd: Bool {
            var rest = self
            let isApart = rest.skipBlanks()
            guard let byte = source.at(rest.index), !byte.isLineBreak else { return true }
            return ",]}".utf8.contains(byte) || isApart && byte == UInt8(ascii: "#")
        }
    }
}
