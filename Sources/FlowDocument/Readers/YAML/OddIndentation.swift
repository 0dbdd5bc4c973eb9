/// A character in the indentation of a line that looks like a space, and is a letter to YAML: often a no-break space, copied
/// from a web page or a chat.
struct OddIndentation {
    /// Lines with text that are looked at: libyaml sees a mistake of indentation some lines after it.
    private static let reach = 4

    private let character: Unicode.Scalar
    private let span: Span

    /// - Returns: nil where the line of `offset` and the lines before it are indented by spaces.
    init?(before offset: Int, in source: [UInt8]) {
        var start = source.lineStart(before: min(offset, source.count))
        for _ in 0..<Self.reach {
            if let found = Self.first(inLineAt: start, of: source) {
                let lines = SourceLines(source)
                character = found.character
                span = Span(lines.position(at: found.range.lowerBound), lines.position(at: found.range.upperBound))
                return
            }
            guard let before = Self.lineWithText(before: start, in: source) else { return nil }
            start = before
        }
        return nil
    }

    var failure: ReadFailure {
        ReadFailure(
            .syntax,
            "expected spaces as indentation, found \(character.nameAsSpace)",
            span: span,
            help: ["write spaces in its place, in each line that has it"]
        )
    }

    private static func first(
        inLineAt start: Int,
        of source: [UInt8]
    ) -> (character: Unicode.Scalar, range: Range<Int>)? {
        var index = start
        while let byte = source.at(index) {
            if byte.isBlank {
                index += 1
                continue
            }
            let end = source.characterEnd(at: index)
            guard let scalar = source.text(index..<end).unicodeScalars.first, scalar.isLookalikeOfSpace else {
                return nil
            }
            return (scalar, index..<end)
        }
        return nil
    }

    /// The start of the last line before `start` in which there is something.
    private static func lineWithText(before start: Int, in source: [UInt8]) -> Int? {
        var end = start
        while end > 0, source[end - 1].isLineBreak || source[end - 1].isBlank { end -= 1 }
        return end > 0 ? source.lineStart(before: end) : nil
    }
}
