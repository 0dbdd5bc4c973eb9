import FlowCore
import FlowDocument

/// A near miss of the name of a Plivo parameter.
enum MistypedParameter: Rule {
    static let code = Code("FD310", "mistyped-parameter", .warning)
    static let summary = "A template reads a parameter whose name is close to one that Plivo sends."
    static let why = """
        Parameters are read by the very name that Plivo sends, capitals and all. Any other name is the empty \
        text.
        """
    static let bad = [
        Example(
            """
            version: 1
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Forward
              Forward:
                type: call_forward
                to: +12025551234
                caller_name: ↓<<Start.params.Callstatus>>
                transitions: end
            """
        )
    ]
    static let good = [
        Example(
            """
            version: 1
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Forward
              Forward:
                type: call_forward
                to: +12025551234
                caller_name: <<Start.params.CallStatus>>
                transitions: end
            """
        ),
        Example(
            """
            version: 1
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Forward
              Forward:
                type: call_forward
                to: +12025551234
                caller_name: <<Start.params.CampaignColour>>
                transitions: end
            """
        ),
    ]

    /// What Plivo sends with calls and messages (plivo.com/docs/xml/request, plivo.com/docs/messaging/concepts/receive).
    private static let parameters = [
        "ALegRequestUUID", "ALegUUID", "AnswerTime", "BLegUUID", "BillDuration", "BillRate", "Body", "CallStatus",
        "CallUUID", "CallerName", "Direction", "Duration", "EndTime", "Event", "ForwardedFrom", "From", "FromCountry",
        "HangupCause", "HangupCauseCode", "HangupCauseName", "HangupSource", "MachineDetection", "Media0",
        "MessageIntent", "MessageTime", "MessageUUID", "ParentAuthID", "PowerpackUUID", "RequestUUID", "RouteType",
        "STIRAttestation", "STIRVerification", "SessionStart", "StartTime", "Status", "Text", "To", "ToCountry",
        "TotalAmount", "TotalCost", "TotalRate", "Type", "Units",
    ]

    static func check(_ subject: Subject) -> [Finding] {
        subject.findings { read in
            guard subject.isStart(read.source),
                subject.flow.nodes[read.source].description.values[read.value].name == "params",
                case .key(let name)? = read.reference.path.first, !parameters.contains(name),
                !name.lowercased().hasPrefix("x-ph-"), let meant = nearest(to: name)
            else { return nil }
            return subject.finding(
                code,
                "Plivo sends \"\(meant)\"; \"\(name)\" will be empty",
                at: subject.span(of: read.reference, in: read.use),
                help: ["did you mean \"<<\(subject.flow.nodes[read.source].name).params.\(meant)>>\"?"]
            )
        }
    }

    private static func nearest(to name: String) -> String? {
        let letters = name.lowercased().filter { $0.isLetter || $0.isNumber }
        if let same = parameters.first(where: { $0.lowercased() == letters }) { return same }
        return name.count >= 5 ? nearMiss(name, among: parameters) : nil
    }
}
