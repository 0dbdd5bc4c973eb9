import FlowCore
import FlowDocument

/// One line of a file with a stretch of it underlined, made for a terminal.
struct SourceExcerpt {
    /// The line, or the part of a long one around the stretch.
    let text: String
    /// Columns before the underline, and under it.
    let indent: Int
    let length: Int

    /// Columns of a line that are shown.
    private static let limit = 160
    /// Columns before the stretch that are kept of a long line.
    private static let lead = 60
    /// Characters that are looked at for them: a line may be as long as a file.
    private static let reach = 4_000

    /// - Parameter span: only what lies on its first line is underlined.
    init(line: String, span: Span) {
        let scalars = Array(line.unicodeScalars)
        let first = min(max(span.start.column - 1, 0), scalars.count)
        let last =
            span.end.line == span.start.line ? min(max(span.end.column - 1, first), scalars.count) : scalars.count
        func shown(_ range: Range<Int>) -> String {
            PrintableText.of(String(String.UnicodeScalarView(scalars[range])))
        }
        var before = shown(max(0, first - Self.reach)..<first)
        var marked = shown(first..<min(last, first + Self.reach))
        var after = shown(last..<min(scalars.count, last + Self.reach))
        if DisplayWidth.of(before + marked + after) > Self.limit {
            if before.count > Self.lead { before = "…" + before.suffix(Self.lead) }
            if marked.count > Self.limit - Self.lead { marked = marked.prefix(Self.limit - Self.lead) + "…" }
            let rest = max(0, Self.limit - before.count - marked.count)
            if after.count > rest { after = after.prefix(rest) + "…" }
        }
        text = before + marked + after
        indent = DisplayWidth.of(before)
        length = max(1, DisplayWidth.of(marked))
    }
}
