import FlowCore
import FlowDocument

/// Findings as SARIF 2.1.0 (OASIS), with what GitHub's code scanning wants of it.
struct SARIFReporter {
    private let report: LintReport
    private let version: String
    /// By file, of those with findings.
    private let lineHashes: [String: LineHashes]

    init(_ report: LintReport, version: String) {
        self.report = report
        self.version = version
        let found = Set(report.findings.map(\.file))
        lineHashes = Dictionary(
            report.files.filter { found.contains($0.file) }.map { ($0.file, LineHashes($0.source)) }
        ) { first, _ in first }
    }

    var text: String {
        JSON.object([
            ("$schema", .text("https://json.schemastore.org/sarif-2.1.0.json")),
            ("version", .text("2.1.0")),
            (
                "runs",
                .list([
                    .object([
                        ("tool", .object([("driver", driver)])),
                        ("invocations", .list([invocation])),
                        // Columns and lines are counted like this everywhere in a report.
                        ("columnKind", .text("unicodeCodePoints")),
                        ("newlineSequences", .list([.text("\r\n"), .text("\n"), .text("\r")])),
                        ("results", .list(report.findings.map(result))),
                    ])
                ])
            ),
        ]).pretty
    }

    private var driver: JSON {
        .object([
            ("name", .text("flowd")),
            ("version", .text(version)),
            ("rules", .list(Rules.all.map(SARIFRule.json))),
        ])
    }

    private var invocation: JSON {
        var members: [(String, JSON)] = [("executionSuccessful", .boolean(true))]
        if !report.notes.isEmpty {
            let notes = report.notes.map { JSON.object([("level", .text("note")), ("message", message($0))]) }
            members.append(("toolExecutionNotifications", .list(notes)))
        }
        return .object(members)
    }

    // MARK: Results

    private func result(_ finding: Finding) -> JSON {
        let text = ([finding.message] + finding.help.map { "help: \($0)" }).joined(separator: "\n")
        var members: [(String, JSON)] = [("ruleId", .text(finding.code.id))]
        if let index = Rules.all.firstIndex(where: { $0.code.id == finding.code.id }) {
            members.append(("ruleIndex", .number(index)))
        }
        members += [
            ("level", .text(SARIFRule.level(finding.severity))),
            ("message", message(text)),
            ("locations", .list([.object([("physicalLocation", place(finding.file, finding.span))])])),
        ]
        if let hash = lineHashes[finding.file]?[finding.span.start.line] {
            members.append(("partialFingerprints", .object([("primaryLocationLineHash", .text(hash))])))
        }
        if !finding.fixes.isEmpty {
            members.append(("fixes", .list(finding.fixes.map { fix($0, in: finding.file) })))
        }
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

    private func fix(_ fix: Fix, in file: String) -> JSON {
        let replacements = fix.edits.map { edit in
            JSON.object([
                ("deletedRegion", region(edit.span)),
                ("insertedContent", .object([("text", .text(edit.replacement))])),
            ])
        }
        let change = JSON.object([("artifactLocation", artifact(file)), ("replacements", .list(replacements))])
        return .object([("description", message(fix.title)), ("artifactChanges", .list([change]))])
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
        .object([("artifactLocation", artifact(file)), ("region", region(span))])
    }

    private func artifact(_ file: String) -> JSON { .object([("uri", .text(uri(file)))]) }

    private func region(_ span: Span) -> JSON {
        .object([
            ("startLine", .number(span.start.line)),
            ("startColumn", .number(span.start.column)),
            ("endLine", .number(span.end.line)),
            ("endColumn", .number(span.end.column)),
        ])
    }

    /// A relative reference, or a `file:` URI for an absolute path, in either case without `.` and empty parts.
    private func uri(_ file: String) -> String {
        let path = file.split(separator: "/").filter { $0 != "." }
            .map { Percent.encoded(String($0), spaceAsPlus: false) }
            .joined(separator: "/")
        return file.hasPrefix("/") ? "file:///\(path)" : path
    }
}
