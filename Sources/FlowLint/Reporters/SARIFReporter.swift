import FlowCore
import FlowDocument

/// Findings as SARIF 2.1.0 (OASIS), which code scanning services read.
struct SARIFReporter {
    let version: String

    func text(of report: LintReport) -> String {
        JSON.object([
            ("$schema", .text("https://json.schemastore.org/sarif-2.1.0.json")),
            ("version", .text("2.1.0")),
            (
                "runs",
                .list([
                    .object([
                        ("tool", .object([("driver", driver)])),
                        ("columnKind", .text("unicodeCodePoints")),
                        ("results", .list(report.findings.map(result))),
                    ])
                ])
            ),
        ]).pretty
    }

    // MARK: Rules

    private var driver: JSON {
        .object([
            ("name", .text("flowd")),
            ("version", .text(version)),
            ("rules", .list(Rules.all.map(rule))),
        ])
    }

    private func rule(_ rule: any Rule.Type) -> JSON {
        .object([
            ("id", .text(rule.code.id)),
            ("name", .text(rule.code.name)),
            ("shortDescription", .object([("text", .text(rule.summary))])),
            ("fullDescription", .object([("text", .text(rule.why))])),
            ("help", .object([("text", .text("flowd explain \(rule.code.id)"))])),
            ("defaultConfiguration", .object([("level", .text(level(rule.code.severity)))])),
        ])
    }

    private func level(_ severity: Finding.Severity) -> String {
        switch severity {
        case .error: "error"
        case .warning: "warning"
        case .info: "note"
        }
    }

    // MARK: Results

    private func result(_ finding: Finding) -> JSON {
        let text = ([finding.message] + finding.help.map { "help: \($0)" }).joined(separator: "\n")
        var members: [(String, JSON)] = [("ruleId", .text(finding.code.id))]
        if let index = Rules.all.firstIndex(where: { $0.code.id == finding.code.id }) {
            members.append(("ruleIndex", .number(index)))
        }
        members += [
            ("level", .text(level(finding.severity))),
            ("message", message(text)),
            ("locations", .list([.object([("physicalLocation", place(finding.file, finding.span))])])),
        ]
        guard !finding.related.isEmpty else { return .object(members) }
        members.append(
            (
                "relatedLocations",
                .list(
                    finding.related.enumerated().map { index, related in
                        .object([("id", .number(index))] + location(related.message, related.file, related.span))
                    }
                )
            )
        )
        members.append(("codeFlows", .list([codeFlow(finding)])))
        return .object(members)
    }

    /// The way through the places that explain a finding, to the finding.
    private func codeFlow(_ finding: Finding) -> JSON {
        let steps =
            finding.related.map { location($0.message, $0.file, $0.span) }
            + [location(finding.message, finding.file, finding.span)]
        let locations = steps.map { JSON.object([("location", .object($0))]) }
        return .object([("threadFlows", .list([.object([("locations", .list(locations))])]))])
    }

    private func location(_ text: String, _ file: String, _ span: Span) -> [(String, JSON)] {
        [("physicalLocation", place(file, span)), ("message", message(text))]
    }

    private func message(_ text: String) -> JSON { .object([("text", .text(text))]) }

    private func place(_ file: String, _ span: Span) -> JSON {
        .object([
            ("artifactLocation", .object([("uri", .text(uri(file)))])),
            (
                "region",
                .object([
                    ("startLine", .number(span.start.line)),
                    ("startColumn", .number(span.start.column)),
                    ("endLine", .number(span.end.line)),
                    ("endColumn", .number(span.end.column)),
                ])
            ),
        ])
    }

    /// A relative reference, or a `file:` URI for an absolute path.
    private func uri(_ file: String) -> String {
        let path = file.split(separator: "/", omittingEmptySubsequences: false)
            .map { Percent.encoded(String($0), spaceAsPlus: false) }
            .joined(separator: "/")
        return path.hasPrefix("/") ? "file://" + path : path
    }
}
