import FlowDocument

/// The page of `flowd explain`: what a rule finds, why that matters, a flow that has it and one that does not.
package struct Explanation {
    private let rule: any Rule.Type

    package init(_ rule: any Rule.Type) {
        self.rule = rule
    }

    /// - Parameter colored: whether it may hold the colours of a terminal.
    package func text(colored: Bool) -> String {
        let paint = Paint(isOn: colored)
        var text = paint(.bold, "\(rule.code.id) \(rule.code.name)") + " (\(rule.code.severity.rawValue))\n\n"
        text += Self.wrapped(rule.summary) + "\n\n" + Self.wrapped(rule.why) + "\n"
        if let bad = rule.bad.first {
            text += "\n" + paint(.bold, "Bad:") + "\n\n" + Self.indented(bad.shown) + "\n"
            var report = Linter.lint(bad.files.sources)
            report.findings.removeAll { $0.code != rule.code }
            text += Self.indented(TextReporter(report, isColored: colored).text)
        }
        if let good = rule.good.first {
            text += "\n" + paint(.bold, "Good:") + "\n\n" + Self.indented(good.shown)
        }
        return text
    }

    static func indented(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines.map { $0.isEmpty ? "\n" : "    \($0)\n" }.joined()
    }

    private static func wrapped(_ text: String) -> String { TextColumn().wrapped(text).joined(separator: "\n") }
}
