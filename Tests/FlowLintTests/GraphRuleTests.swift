import FlowCore
import FlowDocument
import FlowLint
import Testing

@Suite struct GraphRuleTests {
    /// A flow that dials and then reports.
    private func flow(
        start: String = "transitions: {incoming_call: Forward}",
        forward: String = "transitions: Report",
        report: String
    ) -> String {
        """
        nodes:
          Start: {type: start, \(start)}
          Forward: {type: call_forward, to: +12025551234, \(forward)}
          Report: {type: http_request, url: https://app.example.com/, body: {s: <<Forward.status>>}, \(report)}
        """
    }

    @Test func `Where a mistyped key leaves open where a node leads, the key alone is a finding`() {
        let end = "transitions: end"
        #expect(lint(flow(start: "transition: {incoming_call: Forward}", report: end)).codes == ["FD101"])
        #expect(lint(flow(forward: "transitons: Report", report: end)).codes == ["FD101"])
        #expect(lint(flow(forward: "Transitions: Report", report: end)).codes == ["FD101"])
        #expect(lint(flow(forward: "next: Report", report: end)).codes == ["FD204", "FD101", "FD203"])
    }

    @Test(arguments: [
        ("transitions: Report", ["FD208 error"]), ("transitions: {success: Report, failed: end}", ["FD208 error"]),
        ("transitions: {success: end, failed: Report}", ["FD208 warning"]),
        ("retry: none, transitions: {success: end, failed: Report}", ["FD208 error"]),
        ("transitions: end", []),
    ])
    func `A request that leads back to itself is one finding, an error where nothing ends it`(
        _ line: String,
        _ expected: [String]
    ) {
        #expect(lint(flow(report: line)).findings.map { "\($0.code.id) \($0.severity)" } == expected)
    }

    @Test func `A way that is never taken is named`() throws {
        let text = """
            nodes:
              Start: {type: start, transitions: {incoming_call: Tell}}
              Tell:
                type: http_request
                url: https://app.example.com/
                wait: false
                transitions: {success: Forward, failed: Alarm}
              Forward: {type: call_forward, to: +12025551234, transitions: end}
              Alarm: {type: http_request, url: https://app.example.com/alarm, transitions: end}
            """
        let found = try #require(lint(text).findings.first { $0.code.id == "FD203" })
        #expect(
            found.message.hasSuffix("only \"failed\" of \"Tell\" leads here, which is never taken with \"wait: false\"")
        )
        #expect(found.related.map(\.span.start.line) == [7])
    }

    @Test func `Of a node that no run comes to nothing more is said`() {
        let text =
            flow(report: "transitions: end") + """

                  Again: {type: call_forward, to: +12025551235, transitions: {busy: Again, completed: Forward}}
                  A: {type: http_request, url: https://app.example.com/a, transitions: B}
                  B:
                    type: http_request
                    url: https://app.example.com/b
                    body: {a: '<<A.response | json>>', b: A.response}
                    transitions: {success: A, failed: B}
                """
        #expect(Set(lint(text).codes) == ["FD203", "FD204"])
    }

    @Test(arguments: [
        ("{success: Ring, failed: end}", "<<Next.response.agent>>", "info"),
        ("{success: Ring, failed: Ring}", "<<Next.response.agent>>", "warning"),
        ("{success: Ring, failed: end}", "+12025551234", "warning"),
    ])
    func `A hunt that the app server can end is no endless loop`(_ ways: String, _ to: String, _ severity: String) {
        let text = """
            nodes:
              Start: {type: start, transitions: {incoming_call: Next}}
              Next: {type: http_request, url: https://app.example.com/next, transitions: \(ways)}
              Ring: {type: call_forward, to: '\(to)', transitions: {completed: end, no_answer: Next, busy: Next, failed: end}}
            """
        #expect(lint(text).findings.filter { $0.code.id == "FD207" }.map { "\($0.severity)" } == [severity])
    }

    @Test(arguments: [
        ("s: <<Forward.status>>", []), (#"s: '\<<Forward.status>>'"#, ["FD211"]), ("s: 1", ["FD211"]),
        ("s: <<Forward.from>>", ["FD211"]),
    ])
    func `A report tells outcomes apart by what is sent`(_ body: String, _ codes: [String]) {
        let report = "transitions: end"
        let text = flow(report: report).replacing("s: <<Forward.status>>", with: body)
        #expect(lint(text).codes.filter { $0 == "FD211" } == codes)
        // A later report may tell them as well.
        let later = text.replacing(report, with: "transitions: Later")
        let last =
            "\n  Later: {type: http_request, url: https://app.example.com/l, body: {s: <<Forward.status>>}, transitions: end}"
        #expect(lint(later + last).codes.filter { $0 == "FD211" } == [])
    }

    @Test func `All outcomes that are left out can be pasted`() throws {
        let text = flow(forward: "transitions: {completed: Report}", report: "transitions: end")
        let found = try #require(lint(text).findings.first { $0.code.id == "FD204" })
        #expect(found.help == ["write \"no_answer: end, busy: end, failed: end\" if that is meant"])
    }

    @Test func `Of too many nodes nothing more is said`() {
        let nodes = (0..<2_005).map { number in
            "  N\(number): {type: http_request, url: https://app.example.com/\(number), body: {s: <<Forward.status>>}, "
                + "transitions: \(number < 2_004 ? "N\(number + 1)" : "end")}"
        }
        let text = flow(report: "transitions: N0") + "\n" + nodes.joined(separator: "\n")
        #expect(lint(text).codes == ["FD108"])
    }
}
