import Testing

/// A conversation with Plivo: which flow, what Plivo does, what the app server answers.
struct Scenario: Sendable, CustomTestStringConvertible {
    enum Act: Sendable {
        case call
        case message
        /// The end of the dial that was answered last: its `DialStatus`.
        case result(String)
        /// The file of the dial's recording is ready: its id.
        case recording(String)
        /// The final `CallStatus`.
        case hangup(String)
        /// So many seconds in which nothing comes.
        case pause(Int)
    }

    var name: String
    var flow: String
    var acts: [Act]
    var answers: [String: [Int]] = [:]

    var testDescription: String { name }

    static let all = [
        Scenario(name: "busy", flow: "plain", acts: [.call, .result("busy"), .hangup("completed")]),
        Scenario(
            name: "completed, and the app server fails twice",
            flow: "plain",
            acts: [.call, .result("completed")],
            answers: ["/report": [500, 0, 200]]
        ),
        Scenario(
            name: "an app server that never answers well",
            flow: "plain",
            acts: [.call, .result("failed")],
            answers: ["/report": [500]]
        ),
        Scenario(name: "a hangup without an action", flow: "plain", acts: [.call, .hangup("completed"), .pause(5)]),
        Scenario(name: "a caller who gives up", flow: "plain", acts: [.call, .hangup("cancel")]),
        Scenario(name: "a dial of which nothing is heard", flow: "plain", acts: [.call, .pause(100_000)]),
        Scenario(name: "a lookup on the way", flow: "lookup", acts: [.call, .result("busy"), .hangup("completed")]),
        Scenario(
            name: "a lookup that fails",
            flow: "lookup",
            acts: [.call, .result("busy")],
            answers: ["/agents": [500]]
        ),
        Scenario(
            name: "one after the other",
            flow: "sequence",
            acts: [.call, .result("busy"), .result("no-answer"), .result("completed")]
        ),
        Scenario(
            name: "recordings while it rings, after the call and twice",
            flow: "recorded",
            acts: [
                .call, .recording("r1"), .result("completed"), .hangup("completed"), .recording("r2"),
                .recording("r1"),
            ],
            answers: ["/heard": [500, 200]]
        ),
        Scenario(name: "a message", flow: "message", acts: [.message], answers: ["/report": [500, 200]]),
        Scenario(
            name: "two reports in a row",
            flow: "twice",
            acts: [.call, .result("busy")],
            answers: ["/report": [500, 200]]
        ),
    ]

    /// The flows' text, by name.
    static let flows = [
        "plain": flow("Forward", report("Report", "report", then: "end")),
        "lookup": flow(
            "Lookup",
            """
              Lookup:
                type: http_request
                method: GET
                url: https://app.example/agents
                timeout: 3
                transitions: Forward
            """ + "\n" + report("Report", "report", then: "end")
        )
        .replacing(
            "to: +12025551234",
            with: "to: +12025551234\n    caller_name: '<<Lookup.response.name | default: \"Desk\">>'"
        ),
        "twice": flow("Forward", report("Report", "report", then: "Again") + report("Again", "again", then: "end")),
        "recorded": flow(
            "Forward",
            report("Report", "report", then: "end")
                + report("Heard", "heard", then: "end").replacing(
                    "<<Start.call.uuid>>",
                    with: "<<Forward.event.RecordingID>>"
                )
        )
        .replacing("to: +12025551234", with: "to: +12025551234\n    record: true\n    events: {recording: Heard}"),
        "sequence": flow("Forward", report("Report", "report", then: "end"))
            .replacing("to: +12025551234", with: "mode: sequence\n    to: [+12025551234, +12025555678, +12025559999]"),
        "message": """
        nodes:
          Start:
            type: start
            transitions:
              incoming_message: Report

        """ + report("Report", "report", then: "end").replacing("call.uuid", with: "message.uuid"),
    ]

    private static func flow(_ first: String, _ rest: String) -> String {
        """
        on_error:
          speak: sorry
        nodes:
          Start:
            type: start
            transitions:
              incoming_call: \(first)
          Forward:
            type: call_forward
            to: +12025551234
            transitions: Report

        """ + rest
    }

    private static func report(_ name: String, _ path: String, then next: String) -> String {
        """
          \(name):
            type: http_request
            url: https://app.example/\(path)
            body:
              call: <<Start.call.uuid>>
            transitions: \(next)

        """
    }
}
