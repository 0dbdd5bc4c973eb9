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

    @Test func `Of too many nodes nothing more is said`() {
        let nodes = (0..<2_005).map { number in
            "  N\(number): {type: http_request, url: https://app.example.com/\(number), body: {s: <<Forward.status>>}, "
                + "transitions: \(number < 2_004 ? "N\(number + 1)" : "end")}"
        }
        let text = flow(report: "transitions: N0") + "\n" + nodes.joined(separator: "\n")
        #expect(lint(text).codes == ["FD108"])
    }
}
