import FlowCore
import FlowDocument

/// Times that do not fit together: screening as long as ringing, or a voicemail that ends a sequence.
enum SlowScreening: Rule {
    static let code = Code("FD409", "slow-screening", .info)
    static let summary = "Screening takes as long as ringing, or a voicemail answers before the next target rings."
    static let why = """
        While a callee listens to the screening text the caller still hears ringing, and gives up. And a mobile's \
        voicemail answers after 20 to 30 seconds: without screening that counts as answered, and ends a sequence.
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
                ring_timeout: 20
                screening:
                  speak: Press 1 to take the call.
                  key: 1
                  timeout: ↓30
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
                to: +12025551234, +12025555678
                mode: ↓sequence
                transitions: end
            """
        ),
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
                to: +12025551234, +12025555678
                mode: sequence
                ring_timeout: 20
                screening:
                  speak: Press 1 to take the call.
                  key: 1
                  timeout: 10
                transitions: end
            """
        )
    ]

    /// Seconds after which a voicemail answers, at the latest.
    private static let voicemail = 30

    static func check(_ subject: Subject) -> [Finding] {
        subject.flow.nodes.compactMap { node in
            guard node.description.dials else { return nil }
            return node.source["screening"] == nil ? voicemailTrap(node, subject) : screening(node, subject)
        }
    }

    private static func screening(_ node: FlowNode, _ subject: Subject) -> Finding? {
        guard let value = node.source["screening"]?["timeout"], let seconds = value.text.flatMap({ Int($0) }),
            seconds >= node.ringTimeout
        else { return nil }
        return subject.finding(
            code,
            "the callee has \(seconds) s to press the key, and rings for \(node.ringTimeout) s only: the caller may hear \(seconds + node.ringTimeout) s of ringing",
            at: value.span,
            help: ["10 is usual"]
        )
    }

    private static func voicemailTrap(_ node: FlowNode, _ subject: Subject) -> Finding? {
        guard node.ringsInSequence, node.ringTimeout >= voicemail, let value = node.source["mode"] else { return nil }
        return subject.finding(
            code,
            "each target of \"\(node.name)\" rings for \(node.ringTimeout) s: its voicemail may answer first and end the sequence",
            at: value.span,
            help: ["set \"ring_timeout\" to 20 or less, or add \"screening\""]
        )
    }
}
