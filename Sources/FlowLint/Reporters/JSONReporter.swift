import FlowDocument

/// Findings for programs: one object, with all of them.
enum JSONReporter {
    static func text(of report: LintReport) -> String {
        JSON.object([
            ("version", .number(1)),
            ("findings", .list(report.findings.map(finding))),
            (
                "summary",
                .object([
                    ("files", .number(report.files.count)),
                    ("errors", .number(report.count(.error))),
                    ("warnings", .number(report.count(.warning))),
                ])
            ),
        ]).pretty
    }

    private static func finding(_ finding: Finding) -> JSON {
        .object([
            ("code", .text(finding.code.id)),
            ("name", .text(finding.code.name)),
            ("severity", .text(finding.severity.rawValue)),
            ("message", .text(finding.message)),
            ("file", .text(finding.file)),
            ("start", position(finding.span.start)),
            ("end", position(finding.span.end)),
            ("help", .list(finding.help.map(JSON.text))),
            (
                "related",
                .list(
                    finding.related.map { related in
                        .object([
                            ("message", .text(related.message)),
                            ("file", .text(related.file)),
                            ("start", position(related.span.start)),
                            ("end", position(related.span.end)),
                        ])
                    }
                )
            ),
            ("fixes", .list(finding.fixes.map(fix))),
        ])
    }

    private static func fix(_ fix: Fix) -> JSON {
        .object([
            ("title", .text(fix.title)),
            ("safety", .text(fix.safety.rawValue)),
            (
                "edits",
                .list(
                    fix.edits.map { edit in
                        .object([
                            ("start", position(edit.span.start)),
                            ("end", position(edit.span.end)),
                            ("replacement", .text(edit.replacement)),
                        ])
                    }
                )
            ),
        ])
    }

    private static func position(_ position: Position) -> JSON {
        .object([("line", .number(position.line)), ("column", .number(position.column))])
    }
}
