import FlowCore
import FlowDocument
import FlowLint
import Testing

@Suite struct FixTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let files: [SourceFile]
        let finding: Finding
        let fix: Fix

        var testDescription: String { "\(name): \(fix.title)" }

        /// The files with the fix made.
        func mended() throws -> [SourceFile] {
            try files.map { file in
                guard file.file == finding.file else { return file }
                let source = try #require(fix.edits.applied(to: file.source), "edits overlap or are outside the file")
                return SourceFile(file: file.file, source: source, format: file.format)
            }
        }
    }

    /// Every fix of every finding in a bad example.
    static let all = Rules.all.flatMap { rule in
        rule.bad.enumerated().flatMap { number, example in
            let files = example.files.sources
            return Linter.lint(files).findings.flatMap { finding in
                finding.fixes.map {
                    Case(name: "\(rule.code.id) example \(number + 1)", files: files, finding: finding, fix: $0)
                }
            }
        }
    }

    private static func shown(_ findings: [Finding]) -> Set<String> {
        Set(findings.filter { $0.severity != .info }.map { "\($0.severity) \($0.code.id): \($0.message)" })
    }

    @Test(arguments: all.filter { $0.fix.safety == .safe })
    func `a safe fix takes the finding away and brings no error and no warning`(_ test: Case) throws {
        let before = Linter.lint(test.files).findings
        let after = Linter.lint(try test.mended()).findings
        #expect(!after.contains { $0.code == test.finding.code && $0.message == test.finding.message })
        #expect(Self.shown(after).subtracting(Self.shown(before)) == [])
    }

    @Test(arguments: all.filter { $0.fix.safety == .maybe })
    func `a fix that is a guess leaves a file that can be read`(_ test: Case) throws {
        let after = Linter.lint(try test.mended()).findings
        let unreadable: Set = ["FD101", "FD103", "FD106", "FD109", "FD307"]
        #expect(after.filter { unreadable.contains($0.code.id) && $0.code != test.finding.code } == [])
        #expect(!after.contains { $0.code == test.finding.code && $0.message == test.finding.message })
    }

    @Test(arguments: ["FD101", "FD202", "FD205", "FD301", "FD310", "FD401", "FD501", "FD602", "FD604", "FD701"])
    func `a bad example of the rule can be mended by machine`(_ code: String) {
        #expect(Self.all.contains { $0.finding.code.id == code })
    }

    @Test(
        arguments: [
            ("    'ring_timout': 20", "    'ring_timeout': 20"),
            (
                "    transitions: {completd: end, busy: end, no_answer: end, failed: end}",
                "    transitions: {completed: end, busy: end, no_answer: end, failed: end}"
            ),
            ("    caller_name: \"<<Strat.call.from>>\"", "    caller_name: \"<<Start.call.from>>\""),
            ("    caller_name: <<Start.call.form>> calls", "    caller_name: <<Start.call.from>> calls"),
            ("    caller_name: <<Start.call.from | upcse>>", "    caller_name: <<Start.call.from | upcase>>"),
            ("    caller_name: by &lt;&lt;Start.call.from&gt;&gt;", "    caller_name: by <<Start.call.from>>"),
            ("    mode: paralel", "    mode: parallel"),
        ] as [(String, String)]
    )
    func `a fix writes in the style of the file`(_ bad: String, _ good: String) throws {
        let text = forwarding(bad)
        let finding = try #require(lint(text).findings.first { !$0.fixes.isEmpty })
        let fix = try #require(finding.fixes.first)
        let mended = try #require(fix.edits.applied(to: Array(text.utf8)))
        #expect(String(decoding: mended, as: UTF8.self) == forwarding(good))
        #expect(fix.safety == .safe)
    }

    @Test func `a fix is a line of help, behind the others`() throws {
        let finding = try #require(lint(forwarding("    transitions:\n      completed: end\n")).findings.first)
        #expect(finding.help == ["write \"no_answer: end, busy: end, failed: end\" if that is meant"])
        let text = forwarding(
            "    transitions:\n      no_answer: end\n      busy: end\n      failed: end\n      completed: end\n"
        )
        let mended = try #require(
            finding.fixes.first?.edits.applied(to: Array(forwarding("    transitions:\n      completed: end\n").utf8))
        )
        #expect(String(decoding: mended, as: UTF8.self) == text)
    }

    @Test func `JSON and SARIF have the fixes`() throws {
        let report = lint(forwarding("    transitions: Forwrd"))
        let json = try #require(Datum(json: Array(ReportFormat.json.write(report, colored: false, version: "1").utf8)))
        #expect(
            json["findings"].json.contains(
                #""fixes":[{"title":"did you mean \"Forward\"?","safety":"safe","edits":[{"start":{"line":10,"column":18},"end":{"line":10,"column":24},"replacement":"Forward"}]}]"#
            )
        )
        let sarif = try #require(
            Datum(json: Array(ReportFormat.sarif.write(report, colored: false, version: "1").utf8))
        )
        #expect(
            sarif.json.contains(
                #""fixes":[{"description":{"text":"did you mean \"Forward\"?"},"artifactChanges":[{"artifactLocation":{"uri":"a.yaml"},"replacements":[{"deletedRegion":{"startLine":10,"startColumn":18,"endLine":10,"endColumn":24},"insertedContent":{"text":"Forward"}}]}]}]"#
            )
        )
    }
}
