import FlowCore
import FlowDocument

/// Findings for people: where, what, the line with carets under the very characters, and what would help.
struct TextReporter {
    /// More would scroll away what matters.
    static let limit = 50

    private let report: LintReport
    private let paint: Paint
    private let lines: [String: SourceLines]

    init(_ report: LintReport, isColored: Bool) {
        self.report = report
        paint = Paint(isOn: isColored)
        let files = Set(report.findings.prefix(Self.limit).flatMap { [$0.file] + $0.related.map(\.file) })
        lines = Dictionary(
            report.files.filter { files.contains($0.file) }.map { ($0.file, SourceLines($0.source)) }
        ) { first, _ in first }
    }

    var text: String {
        var text = report.findings.prefix(Self.limit).map(finding).joined(separator: "\n")
        let more = report.findings.count - Self.limit
        if more > 0 { text += "\nand \(more) more finding\(more == 1 ? "" : "s"), which --format json shows\n" }
        return text
    }

    private func finding(_ finding: Finding) -> String {
        let place = "\(finding.file):\(finding.span.start)"
        let kind = "\(finding.severity.rawValue)[\(finding.code.id)]"
        var text = paint(.bold, PrintableText.of(place) + ": ") + paint(color(of: finding.severity), kind)
        text += paint(.bold, ": " + PrintableText.of(finding.message)) + "\n"
        let notes = self.notes(of: finding)
        let width = notes.map { "\($0.span.start.line)".count }.max() ?? 1
        let gutter = String(repeating: " ", count: width)
        for (index, note) in notes.enumerated() {
            guard let line = lines[note.file]?[note.span.start.line] else { continue }
            if note.file != finding.file {
                text += "\(gutter)\(paint(.blue, "-->")) \(PrintableText.of(note.file)):\(note.span.start)\n"
            } else if index == 0 {
                text += "\(gutter) \(paint(.blue, "|"))\n"
            }
            let excerpt = SourceExcerpt(line: line, span: note.span)
            let number = "\(note.span.start.line)"
            let padding = String(repeating: " ", count: width - number.count)
            text += paint(.blue, "\(padding)\(number) |") + (excerpt.text.isEmpty ? "" : " \(excerpt.text)") + "\n"
            let mark = String(repeating: note.isMain ? "^" : "-", count: excerpt.length)
            let label = note.label.isEmpty ? "" : " " + PrintableText.of(note.label)
            let indent = String(repeating: " ", count: excerpt.indent)
            let color = note.isMain ? color(of: finding.severity) : .blue
            text += "\(gutter) \(paint(.blue, "|")) \(indent)\(paint(color, mark + label))\n"
        }
        for help in finding.help { text += "\(gutter) \(paint(.green, "help:")) \(PrintableText.of(help))\n" }
        return text
    }

    /// A place that is shown with its line.
    private struct Note {
        var file: String
        var span: Span
        var label: String
        var isMain: Bool
    }

    /// The finding's own place among those that explain it, in the order of the file; other files come last.
    private func notes(of finding: Finding) -> [Note] {
        let main = Note(file: finding.file, span: finding.span, label: "", isMain: true)
        let notes = finding.related.map { Note(file: $0.file, span: $0.span, label: $0.message, isMain: false) }
        let own = (notes.filter { $0.file == finding.file } + [main]).sorted { $0.span.start < $1.span.start }
        return own + notes.filter { $0.file != finding.file }
    }

    private func color(of severity: Finding.Severity) -> Paint.Color {
        switch severity {
        case .error: .red
        case .warning: .yellow
        case .info: .cyan
        }
    }
}
