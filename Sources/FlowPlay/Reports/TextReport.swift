import FlowCore
package import FlowDocument

/// A test run for people.
package struct TextReport: Sendable {
    private let paint: Paint
    private let showsCoverage: Bool

    package init(paint: Paint = Paint(), showsCoverage: Bool = false) {
        self.paint = paint
        self.showsCoverage = showsCoverage
    }

    package func text(_ run: TestRun) -> TerminalText {
        var lines: [TerminalText] = []
        for finding in run.findings { lines += self.lines(finding) }
        for row in run.rows {
            lines.append(line(row))
            for failure in row.result.failures { lines += self.lines(failure, of: row) }
            guard !row.result.hasPassed else { continue }
            let path = row.result.path(in: row.flow)
            lines.append("    path taken: \(path.isEmpty ? "none, no run began" : path)")
            lines += row.result.sidePaths(in: row.flow).map { "    side run: \($0)" }
            for note in row.result.run?.notes ?? [] { lines.append("    note: \(note.text(in: row.flow))") }
        }
        if showsCoverage || !run.uncovered.isEmpty { lines += coverage(run) }
        lines.append(summary(run))
        return lines.asLines
    }

    private func line(_ row: TestRun.Row) -> TerminalText {
        let mark = row.result.hasPassed ? paint.green("pass") : paint.red("FAIL")
        return "\(mark)  \(row.title)"
    }

    package func text(_ finding: Finding) -> TerminalText { lines(finding).asLines }

    private func lines(_ finding: Finding) -> [TerminalText] {
        let place = "\(finding.file):\(finding.span.start.line):\(finding.span.start.column)"
        let mark = finding.severity == .error ? paint.red("error") : paint.yellow("\(finding.severity.rawValue)")
        return ["\(place): \(mark)[\(finding.code.id)]: \(finding.message)"] + finding.help.map { "  help: \($0)" }
    }

    private func lines(_ failure: CaseFailure, of row: TestRun.Row) -> [TerminalText] {
        [
            "  \(row.file):\(failure.span.start.line):\(failure.span.start.column): \(paint.bold("\(failure.field)"))",
            "    \(paint.green("- \(failure.expected)"))",
            "    \(paint.red("+ \(failure.found)"))",
        ]
    }

    private func coverage(_ run: TestRun) -> [TerminalText] {
        var lines: [TerminalText] = ["", paint.bold("coverage")]
        for coverage in run.coverage {
            func part(_ name: String, _ tally: Coverage.Tally) -> String {
                "\(name) \(tally.taken)/\(tally.total) (\(tally.percent) %)"
            }
            let parts = [
                part("nodes", coverage.nodes), part("edges", coverage.edges), part("outcomes", coverage.outcomes),
            ]
            let untested = run.hasPlayed(coverage.flow) ? "" : ", no case is of this flow"
            lines.append("  \(coverage.flow.name): \(parts.joined(separator: ", "))\(untested)")
            lines += coverage.missing.map { "    \(paint.yellow("never taken")): \($0.text)  \($0.place)" }
        }
        for coverage in run.uncovered {
            let found = coverage.edges.percent
            lines.append(
                paint.red("\(coverage.flow.name): \(found) % of its edges, wanted \(run.minimumEdges ?? 100) %")
            )
        }
        return lines + [""]
    }

    private func summary(_ run: TestRun) -> TerminalText {
        let count = run.rows.count
        var text: TerminalText = "\(count) case\(count == 1 ? "" : "s"), \(run.failed) failed"
        if !run.findings.isEmpty {
            text +=
                ", \(run.findings.count) error\(run.findings.count == 1 ? "" : "s") in files that could not be played"
        }
        return text
    }
}
