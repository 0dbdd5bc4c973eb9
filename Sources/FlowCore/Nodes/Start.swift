/// Where runs begin: a call, a message or a request comes in.
struct Start: Node {
    static let incomingCall = "incoming_call"
    static let incomingMessage = "incoming_message"

    static let description = NodeDescription(
        type: "start",
        summary: "Where a run begins. A flow has exactly one.",
        fields: [],
        outcomes: [
            Outcome(incomingCall, .neutral, begins: .call, "Plivo asks what to do with a call."),
            Outcome(incomingMessage, .neutral, begins: .message, "Plivo tells of a message."),
            Outcome("api_request", .neutral, "An API request starts the flow (checked, not triggered yet)."),
            Outcome(
                "call_hangup",
                .neutral,
                kind: .callHangup,
                "The call ended while a node waited for the caller, and that node has no `hangup` of its own. Nothing begins by it."
            ),
        ],
        values: readings.map(\.value),
        traits: .begins,
        otherNames: ["trigger", "begin"]
    )

    /// How a value is read of what began the run.
    private enum Reading: Sendable {
        case requestType
        /// One of Plivo's parameters, in runs of this kind.
        case parameter(Source, RunID.Kind)
        case headers
        case parameters
        case nothing
    }

    private static let readings: [(value: ValueDescription, reading: Reading)] = {
        let headers = ValueDescription(
            "call.headers",
            .open,
            roles: [.headers, .fromCaller],
            after: [incomingCall],
            "The SIP headers `X-PH-<name>` that came with the call, by name."
        )
        let parameters = ValueDescription(
            "params",
            .open,
            roles: [.parameters, .fromCaller],
            parts: parameterRoles,
            after: [incomingCall, incomingMessage],
            "Any parameter as Plivo sent it."
        )
        let request = ValueDescription(
            "http.params",
            .open,
            roles: .fromCaller,
            after: ["api_request"],
            "The request's parameters."
        )
        let type = ValueDescription("request_type", .text, "`call`, `sms` or `http`.")
        return [(type, Reading.requestType)]
            + calls.map { ($0.description, .parameter($0, .call)) }
            + [(headers, .headers), (parameters, .parameters)]
            + messages.map { ($0.description, .parameter($0, .message)) }
            + [(request, .nothing)]
    }()

    /// The roles of each of Plivo's parameters: those of the value that is read from it.
    ///
    /// Plivo sets the three others itself.
    private static let parameterRoles: [String: ValueRoles] = {
        var roles: [String: ValueRoles] = ["ALegUUID": [], "Event": [], "ParentAuthID": []]
        for source in calls + messages {
            for name in source.parameters { roles[name, default: []].formUnion(source.description.roles) }
        }
        return roles
    }()

    init(_ reader: FieldReader) {}

    func begin(_ beginning: Beginning, _ stay: inout Stay) -> Progress? {
        let reads = stay.flow.nodes[stay.node].parametersRead
        stay.run.values[stay.node] = Self.values(beginning, reads: reads, at: stay.at)
        return Self.description.outcomes.first { $0.begins == beginning.run.kind }.map { .outcome($0.name) }
    }

    /// A run begins here, and no transition leads here.
    func enter(_ stay: inout Stay) -> Progress { .outcome(Self.incomingCall) }
}

extension Start {
    /// A value that is one of Plivo's parameters.
    private struct Source: Sendable {
        let description: ValueDescription
        /// The parameters that hold it; the first that came counts.
        let parameters: [String]
        /// Whether it is the time of the beginning, which flowd knows where Plivo does not say it.
        var isBeginning = false

        func value(in parameters: Parameters) -> Datum {
            for name in self.parameters {
                guard let text = parameters[name], !text.isEmpty else { continue }
                if case .phoneNumber = description.kind { return .text(PhoneNumber.normalized(text)) }
                return .text(text)
            }
            return .missing
        }
    }

    private static func call(
        _ name: String,
        _ parameters: String...,
        kind: ValueDescription.Kind = .text,
        roles: ValueRoles = [],
        summary: String
    ) -> Source {
        let description = ValueDescription("call.\(name)", kind, roles: roles, after: [incomingCall], summary)
        return Source(description: description, parameters: parameters, isBeginning: name == "start_time")
    }

    private static func message(
        _ name: String,
        _ parameters: String...,
        kind: ValueDescription.Kind = .text,
        roles: ValueRoles = [],
        aliases: [String] = [],
        summary: String
    ) -> Source {
        let description = ValueDescription(
            "message.\(name)",
            kind,
            roles: roles,
            aliases: aliases.map { "message.\($0)" },
            after: [incomingMessage],
            summary
        )
        return Source(description: description, parameters: parameters)
    }

    private static let calls = [
        call("uuid", "CallUUID", summary: "Plivo's name for the call."),
        call("from", "From", kind: .phoneNumber, summary: "The caller: E.164, or as it came (`anonymous`, `sip:…`)."),
        call("to", "To", kind: .phoneNumber, roles: .calledNumber, summary: "The number that was called."),
        call("direction", "Direction", summary: "`inbound` or `outbound`."),
        call("start_time", "StartTime", "SessionStart", kind: .time, summary: "When the call came in, UTC."),
        call("answer_time", "AnswerTime", kind: .time, summary: "When the call was answered, where Plivo says so."),
        call("end_time", "EndTime", kind: .time, summary: "When the call ended, where Plivo says so."),
        call("forwarded_from", "ForwardedFrom", kind: .phoneNumber, summary: "Who forwarded the call here."),
        call(
            "caller_name",
            "CallerName",
            roles: [.personName, .fromCaller],
            summary: "The caller's name, as the network gave it."
        ),
        call("status", "CallStatus", summary: "`ringing` or `in-progress`."),
        call(
            "from_iso2",
            "FromIso2",
            "From_iso2",
            "FromCountryIso2",
            summary: "The caller's country, where Plivo says so."
        ),
        call(
            "to_iso2",
            "ToIso2",
            "To_iso2",
            "ToCountryIso2",
            summary: "The called number's country, where Plivo says so."
        ),
        call(
            "from_country",
            "FromCountry",
            "From_country",
            summary: "The caller's country by name, where Plivo says so."
        ),
        call(
            "to_country",
            "ToCountry",
            "To_country",
            summary: "The called number's country by name, where Plivo says so."
        ),
        call("leg", "Leg", "CallLeg", summary: "`ALeg`, where Plivo says so."),
        call("hangup_cause", "HangupCause", summary: "Why the call ended, where Plivo says so."),
        call("duration", "Duration", kind: .number, summary: "Seconds, where Plivo says so."),
        call("bill_duration", "BillDuration", kind: .number, summary: "Billed seconds, where Plivo says so."),
        call("bill_rate", "BillRate", kind: .number, summary: "The price of a minute."),
        call("bill_amount", "TotalCost", kind: .number, summary: "The price of the call, where Plivo says so."),
    ]

    private static let messages = [
        message("uuid", "MessageUUID", aliases: ["message_uuid"], summary: "Plivo's name for the message."),
        message("from", "From", kind: .phoneNumber, summary: "The sender."),
        message("to", "To", kind: .phoneNumber, summary: "The number it was sent to."),
        message("text", "Text", "Body", roles: [.message, .fromCaller], aliases: ["msg"], summary: "What it says."),
        message("type", "Type", summary: "`sms`, `mms` or `whatsapp`."),
        message("time", "MessageTime", kind: .time, summary: "When it was sent, where Plivo says so."),
        message("direction", "Direction", summary: "`inbound`, where Plivo says so."),
        message("status", "Status", summary: "`received`, where Plivo says so."),
        message("units", "Units", kind: .number, summary: "How many parts it was sent in."),
    ]

    private static let headerPrefix = "X-PH-"

    /// The values of a call or message that came in: those that the flow reads.
    private static func values(_ beginning: Beginning, reads: ParametersRead, at: Timestamp) -> [Datum] {
        var values = Array(repeating: Datum.missing, count: readings.count)
        for index in reads.values { values[index] = value(index, beginning, reads, at) }
        return values
    }

    private static func value(
        _ index: Int,
        _ beginning: Beginning,
        _ reads: ParametersRead,
        _ at: Timestamp
    ) -> Datum {
        let isCall = beginning.run.kind == .call
        switch readings[index].reading {
        case .requestType: return .text(isCall ? "call" : "sms")
        case .parameter(let source, let kind):
            guard beginning.run.kind == kind else { return .missing }
            let value = source.value(in: beginning.parameters)
            return value == .missing && source.isBeginning ? .text(at.plivo) : value
        case .headers: return isCall ? headers(in: beginning.parameters, reads) : .missing
        case .parameters: return named(in: beginning.parameters, reads)
        case .nothing: return .missing
        }
    }

    private static func named(in parameters: Parameters, _ reads: ParametersRead) -> Datum {
        if reads.all { return .object(parameters.pairs.map { .init($0.name, .text($0.value)) }) }
        return .object(reads.names.compactMap { name in parameters[name].map { .init(name, .text($0)) } })
    }

    /// Header names as templates have them, without the prefix; Plivo's capitals do not matter.
    private static func headers(in parameters: Parameters, _ reads: ParametersRead) -> Datum {
        guard reads.allHeaders || !reads.headers.isEmpty else { return .object([]) }
        let all = parameters.pairs.filter { $0.name.lowercased().hasPrefix(headerPrefix.lowercased()) }
            .map { (name: String($0.name.dropFirst(headerPrefix.count)), value: $0.value) }
        if reads.allHeaders { return .object(all.map { .init($0.name, .text($0.value)) }) }
        return .object(
            reads.headers.compactMap { wanted in
                let name = wanted.lowercased()
                let found = all.first { $0.name.lowercased() == name || "x-ph-" + $0.name.lowercased() == name }
                return found.map { .init(wanted, .text($0.value)) }
            }
        )
    }
}
