import FlowCore
import FlowDocument

/// A test run for programs.
///
/// `{"version":1,"cases":[{"flow","name","file","line","passed","path","outcome","microseconds","failures":[{"field",
/// "expected","found","line","column"}]}],"findings":[…],"coverage":[{"flow","nodes":{"taken","total"},…,"missing"}],
/// "summary":{"cases","failed","errors"}}`.
package enum JSONReport {
    package static func text(_ run: TestRun) -> String {
        let summary = object([
            ("cases", number(run.rows.count)), ("failed", number(run.failed)), ("errors", number(run.findings.count)),
            ("passed", .boolean(run.hasPassed)),
        ])
        let report = object([
            ("version", number(1)),
            ("cases", .list(run.rows.map(row))),
            (
                "findings",
                .list(
                    run.findings.map { finding in
                        object([
                            ("code", .text(finding.code.id)), ("message", .text(finding.message)),
                            ("file", .text(finding.file)), ("line", number(finding.span.start.line)),
                            ("column", number(finding.span.start.column)),
                        ])
                    }
                )
            ),
            ("coverage", .list(run.coverage.map(coverage))),
            ("summary", summary),
        ])
        return report.json + "\n"
    }

    private static func row(_ row: TestRun.Row) -> Datum {
        object([
            ("flow", .text(row.flow.name)), ("name", .text(row.result.item.name)), ("file", .text(row.file)),
            ("line", number(row.result.item.span.start.line)), ("passed", .boolean(row.result.hasPassed)),
            ("path", .text(row.result.path(in: row.flow))), ("outcome", .text(row.result.outcome)),
            ("microseconds", number(Int(row.took / .microseconds(1)))),
            (
                "failures",
                .list(
                    row.result.failures.map { failure in
                        object([
                            ("field", .text(failure.field)), ("expected", .text(failure.expected)),
                            ("found", .text(failure.found)), ("line", number(failure.span.start.line)),
                            ("column", number(failure.span.start.column)),
                        ])
                    }
                )
            ),
        ])
    }

    private static func coverage(_ coverage: Coverage) -> Datum {
        func tally(_ tally: Coverage.Tally) -> Datum {
            object([("taken", number(tally.taken)), ("total", number(tally.total))])
        }
        return object([
            ("flow", .text(coverage.flow.name)), ("nodes", tally(coverage.nodes)), ("edges", tally(coverage.edges)),
            ("outcomes", tally(coverage.outcomes)), ("missing", .list(coverage.missing.map { .text($0.text) })),
        ])
    }

    private static func object(_ members: [(String, Datum)]) -> Datum {
        .object(members.map { Datum.Member($0, $1) })
    }

    private static func number(_ number: Int) -> Datum { .number(String(number)) }
}
