/// A list as aligned columns.
///
/// Each row is one text with tabs between its cells: of a hundred thousand rows little more is in memory than what is
/// printed, and that goes out piece by piece.
enum Table {
    private static let piece = 500

    /// One row; a cell holds neither a tab nor a line break.
    static func row(_ cells: [String]) -> String { cells.joined(separator: "\t") }

    static func print(_ head: [String], _ rows: [Substring]) {
        var widths = head.map(\.count)
        for row in rows {
            for (column, cell) in cells(row).enumerated() { widths[column] = max(widths[column], cell.count) }
        }
        Console.print(line(head.map { $0[...] }, widths))
        for start in stride(from: 0, to: rows.count, by: piece) {
            let some = rows[start..<min(start + piece, rows.count)]
            Console.print(some.map { line(cells($0), widths) }.joined(separator: "\n"))
        }
    }

    private static func cells(_ row: Substring) -> [Substring] {
        row.split(separator: "\t", omittingEmptySubsequences: false)
    }

    private static func line(_ cells: [Substring], _ widths: [Int]) -> String {
        var line = ""
        for (cell, width) in zip(cells, widths) {
            line += cell + String(repeating: " ", count: width - cell.count + 2)
        }
        while line.last == " " { line.removeLast() }
        return line
    }
}
