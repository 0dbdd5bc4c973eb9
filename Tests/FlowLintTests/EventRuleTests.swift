import FlowCore
import FlowDocument
import FlowLint
import Testing

@Suite("Rules about events")
struct EventRuleTests {
    private func codes(_ log: String, events: String = "ended: Log", more: String = "") -> [String] {
        lint(
            """
            nodes:
              Start: {type: start, transitions: {incoming_call: Forward}}
              Forward:
                type: call_forward
                to: +12025551234
                events: {\(events)}
                transitions: Report
              Report: {type: http_request, url: "https://app.example.com/report", body: {s: <<Forward.status>>}, transitions: end}
              Log: {type: http_request, url: "https://app.example.com/log", body: {\(log)}, transitions: end}
              \(more)
            """
        ).findings.filter { $0.severity != .info }.map { "\($0.code.id) \($0.message)" }
    }

    @Test(
        arguments: [
            ("", "ended: Log"), ("leg: <<Forward.event.DialBLegUUID>>", "ended: Log"),
            // It may have ended, and what followed it may have run, or not.
            ("status: <<Forward.status>>", "ended: Log"),
            ("caller: <<Start.call.from>>", "ended: Log"),
        ]
    )
    func `a side run knows its event, its node and what may have run`(_ log: String, _ events: String) {
        #expect(codes(log, events: events) == [])
    }

    @Test func `what an event says is unset where no event leads`() {
        #expect(
            codes("leg: <<Forward.event.DialBLegUUID>>", events: "ended: Other", more: Self.other).sorted() == [
                "FD203 \"Log\" can never run: no path from \"Start\" reaches it"
            ]
        )
        let found = lint(Self.reported).findings.filter { $0.severity == .error }
        #expect(
            found.map(\.message) == [
                "\"<<Forward.event.DialBLegUUID>>\" is always unset: no event of \"Forward\" leads to \"Report\""
            ]
        )
    }

    private static let other = "Other: {type: http_request, url: \"https://app.example.com/other\", transitions: end}"

    private static let reported = """
        nodes:
          Start: {type: start, transitions: {incoming_call: Forward}}
          Forward: {type: call_forward, to: +12025551234, transitions: Report}
          Report:
            type: http_request
            url: https://app.example.com/report
            body: {s: <<Forward.status>>, leg: <<Forward.event.DialBLegUUID>>}
            transitions: end
        """

    @Test func `what an event says may be unset where a run comes without one, too`() {
        let text = Self.reported.replacing("+12025551234,", with: "+12025551234, events: {ended: Report},")
        let found = lint(text).findings.filter { $0.code.id == "FD302" }
        #expect(
            found.map(\.message) == [
                "\"<<Forward.event.DialBLegUUID>>\" may be unset here: a run comes to \"Report\" without an event of \"Forward\" too"
            ]
        )
        #expect(found.first?.help.first == "path: Start -> Forward -> Report")
    }

    @Test func `what a node behind the dial gave may be there in a side run, and is missing where none leads`() {
        // Report may have run by then: no error. That it may not have is no more than a warning.
        #expect(codes("code: <<Report.status_code>>").map { $0.prefix(5) } == ["FD302"])
    }

    @Test(
        arguments: [
            ("type: call_forward, to: +12025555678", true), ("type: play_audio, speak: Hello", true),
            ("type: redirect, url: \"https://a.example.com/x\"", true), ("type: hangup, reason: busy", true),
            ("type: hangup", false), ("type: counter, max: 2", false),
        ]
    )
    func `only nodes without a caller stand behind an event`(_ node: String, _ isRefused: Bool) {
        let found = codes("", events: "ended: Quiet", more: "Quiet: {\(node), transitions: end}")
            .filter { $0.hasPrefix("FD213") }
        #expect(found.isEmpty == !isRefused)
        #expect(found.allSatisfy { $0.contains("event \"ended\" of \"Forward\" leads to \"Quiet\"") })
    }
}
