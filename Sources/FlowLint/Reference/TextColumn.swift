/// Wraps words into lines for a terminal of 80 columns.
struct TextColumn {
    private static let lineLength = 80

    /// Blanks before each line.
    var indent = 0

    /// Lines of at most 80 characters; a single word that is longer keeps its line.
    func wrapped(_ text: String) -> [String] {
        let width = Self.lineLength - indent
        var lines = [""]
        for word in text.split(separator: " ") {
            let line = lines[lines.count - 1]
            if line.isEmpty {
                lines[lines.count - 1] = String(word)
            } else if line.count + 1 + word.count <= width {
                lines[lines.count - 1] += " \(word)"
            } else {
                lines.append(String(word))
            }
        }
        let blanks = String(repeating: " ", count: indent)
        return lines.map { blanks + $0 }
    }

    /// Rows of a term and its paragraphs; the paragraphs stand in a column behind the longest term.
    ///
    /// - Parameter paint: colours a term.
    static func table(_ rows: [(term: String, paragraphs: [String])], paint: (String) -> String) -> String {
        let margin = 4
        let width = rows.map(\.term.count).max() ?? 0
        let column = TextColumn(indent: margin + width + 2)
        var text = ""
        for (term, paragraphs) in rows {
            var lines = paragraphs.flatMap(column.wrapped)
            let gap = String(repeating: " ", count: width - term.count + 2)
            let first = lines.isEmpty ? "" : String(lines.removeFirst().dropFirst(column.indent))
            text += String(repeating: " ", count: margin) + paint(term) + gap + first + "\n"
            text += lines.map { $0 + "\n" }.joined()
        }
        return text
    }
}
