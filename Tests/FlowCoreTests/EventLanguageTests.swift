import FlowCore
import FlowDocument
import Testing

/// `events` of a node, as a file says them.
@Suite("Reading events")
struct EventLanguageTests {
    private static func text(_ events: String, of type: String = "call_forward", target: String = "Log") -> String {
        """
        nodes:
          Start: {type: start, transitions: {incoming_call: Forward}}
          Forward:
            type: \(type)
            to: +12025551234
            record: true
            \(events)
            transitions: end
          Log:
            type: http_request
            url: http://127.0.0.1:5000/log
            body: {leg: "<<Forward.event.DialBLegUUID>>"}
            transitions: end
        """
    }

    @Test func `an event names the node where a side run begins, in the order of the type's events`() throws {
        let flow = try flow(Self.text("events: {recording: Log, answered: Log}"))
        let node = flow.nodes[1]
        #expect(node.description.events.map(\.name) == ["answered", "connected", "ended", "recording"])
        #expect(node.events.map(\.target) == [.node(2), .omitted, .omitted, .node(2)])
    }

    @Test func `without events none begins`() throws {
        let flow = try flow(Self.text(""))
        #expect(flow.nodes[1].events.map(\.target) == [.omitted, .omitted, .omitted, .omitted])
        #expect(flow.nodes[2].events.isEmpty)
    }

    @Test(
        arguments: [
            (
                "events: {recordng: Log}",
                "FD205 \"recordng\" is not an event of call_forward \"Forward\". events are answered, connected, ended, recording",
                "did you mean \"recording\"?"
            ),
            (
                "events: {recording: Lgo}",
                "FD202 event \"recording\" of call_forward \"Forward\" goes to \"Lgo\", which does not exist",
                "did you mean \"Log\"?"
            ),
            (
                "events: {recording: end}",
                "FD202 event \"recording\" of call_forward \"Forward\" goes to \"end\", where no run can begin", ""
            ),
            ("events: {recording: ''}", "FD102 event \"recording\" of call_forward \"Forward\" names no node", ""),
            (
                "events: {recording: [Log]}",
                "FD104 expected a node's name for event \"recording\" of call_forward \"Forward\", found a list", ""
            ),
            (
                "events: Log",
                "FD104 expected events with names of nodes in \"events\" of call_forward \"Forward\", found \"Log\"", ""
            ),
            (
                "event: {recording: Log}",
                "FD101 unknown key \"event\" in call_forward \"Forward\". expected one of type, events, transitions, to, from, mode, ring_timeout, time_limit, caller_name, hangup_on_star, screening, dial_music, send_digits, sip_headers, record",
                "did you mean \"events\"?"
            ),
        ] as [(String, String, String)]
    )
    func `what is wrong with events is said`(_ events: String, _ message: String, _ fix: String) {
        let found = findings(Self.text(events))
        #expect(found.map { "\($0.code.id) \($0.message)" } == [message])
        #expect(found.flatMap(\.fixes).map(\.title) == (fix.isEmpty ? [] : [fix]))
    }

    @Test func `a type without events has no such key`() {
        let text = """
            nodes:
              Start: {type: start, transitions: {incoming_call: Log}}
              Log: {type: http_request, url: "http://127.0.0.1:5000/log", events: {sent: Log}, transitions: end}
            """
        #expect(findings(text).map(\.code.id) == ["FD101"])
    }

    @Test func `a value of an event is read by any name, and the event is a value of its node`() throws {
        let flow = try flow(Self.text("events: {ended: Log}"))
        let reference = try #require(flow.nodes[2].templates.first?.references.first)
        #expect(reference.source == .value(node: 1, value: flow.nodes[1].description.values.count - 1))
        #expect(reference.path == [.key("DialBLegUUID")])
        #expect(flow.nodes[1].description.value("event") == flow.nodes[1].description.eventValue)
    }
}
