import FlowCore
import FlowDocument
import FlowLint
import Testing

@Suite struct ReporterTests {
    private let report = lint(
        """
        name: report
        nodes:
          Start:
            type: start
            transitions:
              incoming_call: Forward
          Forward:
            type: call_forward
            to: +12025551234
            transitions:
              completed: Survey
              no_answer: LogMiss
              busy: LogMis
              failed: LogMiss
          Survey:
            type: http_request
            url: https://app.example.com/survey
            transitions: LogMiss
          LogMiss:
            type: http_request
            url: https://app.example.com/missed
            body:
              日本 é: <<Survey.response.score>>
        """,
        file: "flows/a b,c.yaml"
    )

    @Test func `Text has the line, carets under the very characters, and help`() {
        #expect(
            ReportFormat.text.write(report, colored: false, version: "1") == """
                flows/a b,c.yaml:13:13: error[FD202]: transition "busy" of call_forward "Forward" goes to "LogMis", which does not exist
                   |
                13 |       busy: LogMis
                   |             ^^^^^^
                   help: did you mean "LogMiss"?

                flows/a b,c.yaml:23:13: warning[FD302]: "<<Survey.response.score>>" may be unset here: "Survey" has not run on every path to "LogMiss"
                   |
                12 |       no_answer: LogMiss
                   |                  ------- this transition skips "Survey"
                23 |       日本 é: <<Survey.response.score>>
                   |               ^^^^^^^^^^^^^^^^^^^^^^^^^
                   help: path: Start -> Forward -[no_answer]-> LogMiss
                   help: add a default, '<<Survey.response.score | default: "">>', or move the transition behind "Survey"

                """
        )
        #expect(report.summary == "1 error and 1 warning in 1 file")
        #expect(report.fails(strict: false))
    }

    @Test func `Colours are there only where they are asked for`() {
        #expect(!ReportFormat.text.write(report, colored: false, version: "1").contains("\u{1B}"))
        #expect(
            ReportFormat.text.write(report, colored: true, version: "1").contains("\u{1B}[1;31merror[FD202]\u{1B}[0m")
        )
        for format in [ReportFormat.json, .sarif, .github] {
            #expect(!format.write(report, colored: true, version: "1").contains("\u{1B}"))
        }
    }

    @Test func `Annotations have errors first and are escaped`() {
        let broken = lint("name: a\n" + forwarding("    transitions: Nowhere%\n"), file: "a:b,c.yaml")
        let text = ReportFormat.github.write(broken, colored: false, version: "1")
        #expect(
            text.hasPrefix(
                "::error file=a%3Ab%2Cc.yaml,line=11,endLine=11,col=18,endColumn=25,title=FD202 dangling-transition::"
            )
        )
        #expect(text.contains("\"Nowhere%25\""))
        let both = ReportFormat.github.write(report, colored: false, version: "1").split(separator: "\n")
        #expect(both.count == 2)
        #expect(both[0].hasPrefix("::error ") && both[1].hasPrefix("::warning "))
    }

    @Test func `An annotation has no control characters`() {
        let text = ReportFormat.github.write(
            lint(forwarding("    to: '\u{1B}[31m'\n    \u{202E}x: 1"), file: "a\u{7}.yaml"),
            colored: false,
            version: "1"
        )
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0 == "\u{202E}" })
        #expect(text.contains("file=a\u{FFFD}.yaml"))
    }

    @Test func `JSON is as the contract has it`() throws {
        let text = ReportFormat.json.write(report, colored: false, version: "1")
        let json = try #require(Datum(json: Array(text.utf8)))
        #expect(
            json.json.hasPrefix(
                #"{"version":1,"findings":[{"code":"FD202","name":"dangling-transition","severity":"error","message":"#
            )
        )
        #expect(
            json.json.contains(
                #""file":"flows/a b,c.yaml","start":{"line":13,"column":13},"end":{"line":13,"column":19},"help":["did you mean \"LogMiss\"?"],"related":[]"#
            )
        )
        #expect(json.json.hasSuffix(#""summary":{"files":1,"errors":1,"warnings":1}}"#))
    }

    @Test func `Text stops at 50 findings and JSON does not`() {
        let node = (1...60).map { "  N\($0):\n    type: http_request\n    url: https://app.example.com/\n" }.joined()
        let report = lint(forwarding("    transitions: end\n" + node))
        #expect(report.findings.count == 60)
        let text = ReportFormat.text.write(report, colored: false, version: "1")
        #expect(text.hasSuffix("\nand 10 more findings, which --format json shows\n"))
        #expect(text.split(separator: "\n").count { $0.contains("warning[FD203]") } == 50)
    }

    @Test func `What a terminal could obey is shown, not sent`() {
        let text = ReportFormat.text.write(lint("nodes:\n  \"a\\eb\": 1\n"), colored: false, version: "1")
        #expect(!text.contains("\u{1B}"))
    }

    @Test func `A long line is cut around the place`() {
        let long = String(repeating: "x", count: 5_000)
        let text = ReportFormat.text.write(
            lint(forwarding("    caller_name: \(long) <<Nobody.x>> \(long)")),
            colored: false,
            version: "1"
        )
        #expect(text.contains("^^^^^^"))
        #expect(text.split(separator: "\n").allSatisfy { $0.count < 400 })
    }

    @Test func `A byte order mark, CRLF and lone CR move no caret`() {
        let text = forwarding("    transitions: Nowhere\n")
        for ending in ["\r\n", "\r"] {
            let other = "\u{FEFF}" + text.replacing("\n", with: ending)
            #expect(lint(other).findings.map { $0.span.description } == lint(text).findings.map { $0.span.description })
            #expect(
                ReportFormat.text.write(lint(other), colored: false, version: "1")
                    == ReportFormat.text.write(lint(text), colored: false, version: "1")
            )
        }
    }

    @Test func `Nothing is printed where nothing is wrong`() {
        let clean = lint(forwarding("    transitions: end\n"))
        #expect(ReportFormat.text.write(clean, colored: true, version: "1") == "")
        #expect(ReportFormat.github.write(clean, colored: true, version: "1") == "")
        #expect(clean.summary == "no findings in 1 file")
        #expect(!clean.fails(strict: true))
    }
}
