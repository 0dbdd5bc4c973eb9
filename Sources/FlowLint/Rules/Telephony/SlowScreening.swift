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

    /// Seconds before which no voicemail answers.
    private static let voicemail = 20

    static func check(_ subject: Subject) -> [Finding] {
        subject.calls.compactMap { call in
            if let screened = call.screening { return screening(screened.value, of: call, subject) }
            return voicemailTrap(call, subject)
        }
    }

    private static func screening(_ screening: Value, of call: WrittenCall, _ subject: Subject) -> Finding? {
        let timeout = screening["timeout"]
        guard let seconds = timeout.map({ $0.text.flatMap { Int($0) } }) ?? 10, seconds >= call.ringTimeout,
            let span = (timeout ?? call.ringTime)?.span
        else { return nil }
        return subject.finding(
            code,
            "the callee has \(seconds) s to press the key, and rings for \(call.ringTimeout) s only: the caller may hear \(seconds + call.ringTimeout) s of ringing",
            at: span,
            help: [timeout == nil ? "write \"timeout\" under \"screening\": without it, it is 10" : "10 is usual"]
        )
    }

    private static func voicemailTrap(_ call: WrittenCall, _ subject: Subject) -> Finding? {
        guard call.ringsInSequence, call.ringTimeout > voicemail, let value = call.mode,
            call.targets.contains(where: { !$0.part.text.lowercased().hasPrefix("sip:") })
        else { return nil }
        return subject.finding(
            code,
            "each target of \"\(call.node.name)\" rings for \(call.ringTimeout) s: its voicemail may answer first and end the sequence",
            at: value.span,
            help: ["set \"ring_timeout\" to 20 or less, or add \"screening\""]
        )
    }
}
