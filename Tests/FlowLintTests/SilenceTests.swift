import FlowCore
import FlowDocument
import FlowLint
import Testing

@Suite struct SilenceTests {
    private let leftOut = "    transitions:\n      completed: end"

    @Test func `A comment on the line of a finding silences it`() {
        #expect(
            lint(forwarding("    transitions: # flowd: ignore[FD204] the caller is gone\n      completed: end")).lines
                == []
        )
    }

    @Test func `A comment alone on the line above silences, with other comments between`() {
        #expect(lint(forwarding("    # flowd: ignore[FD204] gone\n    # and more\n\(leftOut)")).lines == [])
        #expect(lint(forwarding("    # flowd:ignore[FD302, FD204]: gone\n\(leftOut)")).codes == ["FD701"])
    }

    @Test func `It silences that line only`() {
        #expect(
            lint(forwarding("    # flowd: ignore[FD204] gone\n    ring_timeout: 20\n\(leftOut)")).codes == [
                "FD701", "FD204",
            ]
        )
    }

    @Test func `Several codes stand in one comment`() {
        let report = lint(forwarding("    # flowd: ignore[FD204,FD209] gone\n\(leftOut)"))
        #expect(report.lines == ["FD701 10:27 \"ignore[FD204, FD209]\" silences nothing: there is no FD209 on line 11"])
    }

    @Test func `One without a reason silences, and is a finding`() {
        let report = lint(forwarding("    # flowd: ignore[FD204]\n\(leftOut)"))
        #expect(report.lines == ["FD701 10:14 \"ignore[FD204]\" has no reason"])
    }

    @Test func `An unknown code is a finding with a guess`() {
        let report = lint(forwarding("    # flowd: ignore[fd204] gone\n\(leftOut)"))
        #expect(
            report.lines == [
                "FD701 10:21 \"fd204\" is not the code of a rule",
                "FD204 11:5 outcomes \"no_answer\", \"busy\" and \"failed\" of \"Forward\" are not handled: the run ends there",
            ]
        )
        #expect(report.findings[0].help == ["did you mean \"FD204\"?"])
    }

    @Test func `The name of a rule is answered with its code`() {
        let report = lint(forwarding("    # flowd: ignore[outcome-left-out] gone\n\(leftOut)"))
        #expect(report.lines.first == "FD701 10:21 \"outcome-left-out\" is not the code of a rule")
        #expect(report.findings[0].help == ["did you mean \"FD204\"?"])
    }

    @Test(arguments: [("\u{A0}", "U+00A0 (no-break space)"), ("\u{200B}", "U+200B (zero-width space)")])
    func `What nobody sees in a name is named`(character: String, name: String) {
        let report = lint(forwarding("    transitions: Report\(character)"))
        #expect(report.codes.first == "FD202")
        #expect(report.findings[0].help.contains { $0.contains(name) })
    }

    @Test func `An error is not silenced`() {
        let report = lint(forwarding("    transitions: Nowhere # flowd: ignore[FD202] later"))
        #expect(report.codes == ["FD202", "FD701"])
        #expect(report.findings[1].message.contains("cannot be silenced"))
    }

    @Test func `A comment that is not written as one is a finding`() {
        #expect(lint(forwarding("    # flowd: ignore FD204 gone\n    transitions: end")).codes == ["FD701"])
        #expect(lint(forwarding("    # flowd: ignroe[FD204] gone\n    transitions: end")).codes == ["FD701"])
        #expect(lint(forwarding("    # flowd serves this\n    transitions: end")).codes == [])
    }

    @Test(arguments: [
        ("see README", []), ("x", []), ("ignroe[FD204] why", ["FD701"]), ("ingore FD204", ["FD701"]), ("", ["FD701"]),
        ("disable[FD204]", ["FD701"]),
    ])
    func `A remark about flowd is no silence`(_ remark: String, _ codes: [String]) {
        #expect(lint(forwarding("    transitions: end # flowd: \(remark)")).codes == codes)
    }

    @Test func `A text is no comment`() {
        let body = "    caller_name: 'a # flowd: ignore[FD204] b'\n    transitions: end"
        #expect(lint(forwarding(body)).codes == [])
    }

    @Test func `In a flow with an error an unused silence is not reported`() {
        let report = lint(forwarding("    ring_timeout: x\n    # flowd: ignore[FD302] gone\n    transitions: end"))
        #expect(report.codes == ["FD104"])
    }

    @Test func `JSON has a list at the top`() {
        func flow(_ ignore: String) -> String {
            """
            {"ignore": [\(ignore)], "nodes": {
              "Start": {"type": "start", "transitions": {"incoming_call": "Forward"}},
              "Forward": {"type": "call_forward", "to": "+12025551234", "transitions": {"completed": "end"}}}}
            """
        }
        func codes(_ ignore: String) -> [String] { lint(flow(ignore), file: "a.json", format: .json).codes }
        #expect(codes("") == ["FD204"])
        #expect(codes(#"{"code": "FD204", "node": "Forward", "reason": "gone"}"#) == [])
        #expect(codes(#"{"code": "FD204", "reason": "gone"}"#) == [])
        #expect(codes(#"{"code": "FD204", "node": "Start", "reason": "gone"}"#) == ["FD701", "FD204"])
        #expect(
            codes(#"{"code": "FD204", "node": "Forward", "reason": " "}"#).contains("FD701")
                || codes(#"{"code": "FD204", "node": "Forward", "reason": " "}"#).contains("FD102")
        )
    }

    @Test(arguments: [
        #""ignore": {"code": "FD204", "reason": "gone"}"#, #""ignore": "FD204""#,
        #""ignore": [{"code": ["FD204"], "reason": "gone"}]"#,
        #""ignore": [{"code": "FD204", "node": ["Forward"], "reason": "gone"}]"#,
        #""ignore": [{"code": "FD204", "reason": {"why": "gone"}}]"#,
    ])
    func `An "ignore" of another shape silences nothing, and is a finding`(_ ignore: String) {
        let report = lint(json(ignore), file: "a.json", format: .json)
        #expect(report.codes == ["FD701", "FD204"])
        #expect(report.findings[0].message.hasPrefix("expected a list of {code, node, reason} in \"ignore\""))
    }

    @Test(arguments: [
        (#""FD302""#, "a text", "FD302"), (#""FD302 meant""#, "a text", "FD204"),
        (#"["FD302"]"#, "a list", "FD204"),
        ("null", "a text", "FD204"),
    ])
    func `An entry of "ignore" that is no key:value pairs is one finding`(entry: String, found: String, code: String) {
        let report = lint(json("\"ignore\": [\(entry)]"), file: "a.json", format: .json)
        #expect(report.lines.first == "FD104 1:13 expected {code, node, reason} in \"ignore\", found \(found)")
        #expect(report.findings.first?.help == ["write {\"code\": \"\(code)\", \"reason\": \"why it is meant\"}"])
        #expect(report.codes.filter { $0 != "FD204" } == ["FD104"])
    }

    @Test func `An "ignore" with nothing in it says nothing`() {
        for ignore in [#""ignore": []"#, #""ignore": null"#] {
            #expect(lint(json(ignore), file: "a.json", format: .json).codes == ["FD204"])
        }
    }

    @Test func `An "ignore" for a node that is not there says so, with a guess`() {
        let ignore = #""ignore": [{"code": "FD204", "node": "Forwrad", "reason": "gone"}]"#
        let report = lint(json(ignore), file: "a.json", format: .json)
        #expect(report.codes == ["FD701", "FD204"])
        #expect(report.lines[0] == "FD701 1:39 \"ignore of FD204\" silences nothing: there is no node \"Forwrad\"")
        #expect(report.findings[0].help == ["did you mean \"Forward\"?"])
    }

    private func json(_ ignore: String) -> String {
        """
        {\(ignore), "nodes": {
          "Start": {"type": "start", "transitions": {"incoming_call": "Forward"}},
          "Forward": {"type": "call_forward", "to": "+12025551234", "transitions": {"completed": "end"}}}}
        """
    }

    @Test(arguments: [
        "# flowd: ignore[FD302] meant\n    body: >-\n      a\n      <<Survey.response.a>>",
        "body: >- # flowd: ignore[FD302] meant\n      a\n      <<Survey.response.a>>",
        "body: | # flowd: ignore[FD302] meant\n\n      # <<Survey.response.a>>\n      <<Survey.response.b>>\n",
        "# flowd: ignore[FD302] meant\n    body: \"a\n      <<Survey.response.a>>\"",
    ])
    func `A comment at the first line of a text covers all its lines`(_ body: String) {
        #expect(lint(surveyed(body)).lines == [])
    }

    @Test(arguments: [
        "body: >-\n      # flowd: ignore[FD302] text\n      <<Survey.response.a>>",
        "# flowd: ignore[FD302] other\n    timeout: 5\n    body: >-\n      <<Survey.response.a>>",
    ])
    func `A comment before a text of several lines, or inside it, does not`(_ body: String) {
        #expect(lint(surveyed(body)).codes.contains("FD302"))
    }

    /// A survey that only some calls come by, and a report of it.
    private func surveyed(_ body: String) -> String {
        forwarding(
            """
                transitions: {completed: Survey, no_answer: Report, busy: Report, failed: Report}
              Survey:
                type: http_request
                url: https://app.example.com/survey
                transitions: Report
              Report:
                type: http_request
                url: https://app.example.com/report
                \(body)
            """
        )
    }

    @Test func `Thousands of comments cover the line behind them all`() {
        let comments = String(repeating: "    # flowd: ignore[FD204] gone\r\n", count: 3_000)
        #expect(lint(forwarding(comments + leftOut)).lines == [])
        let report = lint(forwarding("\(comments)    ring_timeout: 20\n\(leftOut)"))
        #expect(report.codes.count { $0 == "FD701" } == 3_000)
        #expect(report.lines.first?.hasSuffix("there is no FD204 on line 3010") == true)
        #expect(report.codes.last == "FD204")
    }

    @Test func `Each run of comments covers its own line`() {
        let silence = "    # flowd: ignore[FD302] gone\n"
        let report = lint(forwarding("\(silence)\(silence)    ring_timeout: 20\n\(silence)    #\n    transitions: end"))
        #expect(report.findings.map { $0.message.suffix(7) } == ["line 12", "line 12", "line 15"])
    }

    @Test func `A line with many marks has one comment`() {
        let marks = String(repeating: "flowd: ", count: 3_000)
        #expect(lint(forwarding("    transitions: end # flowd: ignore[FD302] \(marks)")).codes == ["FD701"])
        #expect(
            lint(forwarding("    caller_name: 'flowd: #' # flowd: ignore\n    transitions: end")).codes == ["FD701"]
        )
    }

    @Test func `A comment with more codes than there are rules is none`() {
        let codes = Array(repeating: "FD204", count: 3_000).joined(separator: ",")
        let report = lint(forwarding("    # flowd: ignore[\(codes)] gone\n\(leftOut)"))
        #expect(report.codes == ["FD701", "FD204"])
    }

    @Test func `Thousands of entries meet thousands of findings`() {
        let entries = (0..<2_000).map { "  - {code: FD204, node: N\($0 / 2), reason: gone}\n" }.joined()
        let nodes = (0..<1_000).map { "  N\($0): {type: call_forward, to: +12025551234, transitions: {busy: end}}\n" }
        let start = "  Start: {type: start, transitions: {incoming_call: N0}}\n"
        let report = lint("ignore:\n\(entries)nodes:\n\(start)\(nodes.joined())")
        #expect(!report.codes.contains("FD204"))
        #expect(!report.codes.contains("FD701"))
    }
}
