import FlowCore
import FlowTesting

/// The flows that deciders are tested with, each in its first version unless a test says so.
enum TestFlows {
    static let all = Array(texts.keys).sorted()

    /// A version of a flow, which begins with its number.
    static func version(_ number: UInt8, of name: String) -> VersionID {
        VersionID(digest: [number] + Array((name + "-------").utf8.prefix(7)))
    }

    static func flow(_ name: String, version: UInt8 = 1) throws -> Flow {
        try builtFlow(texts[name] ?? "", name: name, version: Self.version(version, of: name))
    }

    static func set(_ names: [String], version: UInt8 = 1) throws -> FlowSet {
        FlowSet.make(try names.map { try flow($0, version: version) }).set
    }

    private static let texts = [
        // A dial, and a report of it.
        "plain": head + "numbers: [+14155550100]\n" + nodes("incoming_call: Forward, incoming_message: Report")
            + dial("+12025551234") + report,
        // A request whose answer the caller waits for, then a dial.
        "lookup": head + nodes("incoming_call: Lookup") + """
              Lookup:
                type: http_request
                method: GET
                url: https://app.example/agents
                timeout: 3
                transitions: Forward

            """ + dial("+12025551234\n    caller_name: '<<Lookup.response.name | default: \"Desk\">>'") + report,
        "sequence": head + nodes("incoming_call: Forward")
            + dial("[+12025551234, +12025555678]\n    mode: sequence") + report,
        "screened": head + nodes("incoming_call: Forward")
            + dial("+12025551234\n    screening: {speak: press 1, key: '1'}") + report,
        // A recorded dial, whose events begin side runs.
        "recorded": head + nodes("incoming_call: Forward")
            + dial("+12025551234\n    record: true\n    events: {answered: Heard, recording: Heard}") + report + heard,
        // Takes no call.
        "quiet": head + nodes("incoming_message: Report") + report,
        // A report that nothing waits for, then a dial.
        "loud": head + nodes("incoming_call: Tell") + tell + dial("+12025551234", then: "end"),
        // The same with a document that cannot be given to Plivo.
        "huge": head + nodes("incoming_call: Tell") + tell + dial(Documents.unwritable, then: "end"),
    ]

    private static let head = "on_error: {speak: sorry}\n"

    private static func nodes(_ transitions: String) -> String {
        """
        nodes:
          Start:
            type: start
            transitions: {\(transitions)}

        """
    }

    private static func dial(_ to: String, then next: String = "Report") -> String {
        """
          Forward:
            type: call_forward
            to: \(to)
            transitions: \(next)

        """
    }

    private static let report = """
          Report:
            type: http_request
            url: https://app.example/report
            transitions: end

        """

    private static let heard = """
          Heard:
            type: http_request
            url: https://app.example/heard
            transitions: end

        """

    private static let tell = """
          Tell:
            type: http_request
            url: https://app.example/tell
            wait: false
            transitions: Forward

        """
}

/// Documents in short words, in place of XML.
enum Documents {
    /// A number: a document that dials it is refused.
    static let unwritable = "+12025559999"

    static func render(_ document: [Verb]) -> [UInt8]? {
        let text = document.isEmpty ? "nothing" : document.map(words).joined(separator: ", ")
        return text.contains(unwritable) ? nil : Array(text.utf8)
    }

    private static func words(_ verb: Verb) -> String {
        switch verb {
        case .dial(let dial): "dial \(dial.targets.map(\.text).joined(separator: " "))"
        case .speak(let speak): "say \(speak.text)"
        case .record(let record): record.isMessage ? "record a message" : "record"
        case .hangup(let reason): reason.map { "hangup \($0)" } ?? "hangup"
        default: "\(verb)"
        }
    }
}
