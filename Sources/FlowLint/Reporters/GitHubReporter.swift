import FlowCore
import FlowDocument

/// Findings as commands that GitHub's runners turn into annotations (docs.github.com, "Workflow commands").
///
/// A step shows ten of each kind at most, so the gravest come first.
enum GitHubReporter {
    static func text(of report: LintReport) -> String {
        let sorted = report.findings.enumerated().sorted { lhs, rhs in
            (lhs.element.severity, lhs.offset) < (rhs.element.severity, rhs.offset)
        }
        return sorted.map { command($0.element) + "\n" }.joined()
    }

    private static func command(_ finding: Finding) -> String {
        let name =
            switch finding.severity {
            case .error: "error"
            case .warning: "warning"
            case .info: "notice"
            }
        let (start, end) = (finding.span.start, finding.span.end)
        var properties = [("file", finding.file), ("line", "\(start.line)"), ("endLine", "\(end.line)")]
        // Columns are refused where a finding goes over several lines. The end is the last character, not behind it.
        if start.line == end.line {
            properties.append(("col", "\(start.column)"))
            properties.append(("endColumn", "\(max(start.column, end.column - 1))"))
        }
        properties.append(("title", "\(finding.code.id) \(finding.code.name)"))
        let list = properties.map { "\($0)=\(escaped($1, isProperty: true))" }.joined(separator: ",")
        let message = ([finding.message] + finding.help.map { "help: \($0)" }).joined(separator: "\n")
        return "::\(name) \(list)::\(escaped(message, isProperty: false))"
    }

    private static func escaped(_ text: String, isProperty: Bool) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "%": escaped += "%25"
            case "\r": escaped += "%0D"
            case "\n": escaped += "%0A"
            case ":" where isProperty: escaped += "%3A"
            case "," where isProperty: escaped += "%2C"
            // What a terminal that shows the log would take for a command.
            case _ where PrintableText.isControl(scalar): escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
