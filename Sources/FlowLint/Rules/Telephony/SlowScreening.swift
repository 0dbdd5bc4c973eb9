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
        Example.dialling(
            """
            ring_timeout: 20
            screening:
              speak: Press 1 to take the plan.
              key: 1
              timeout: ↓30
            """
        ),
        Example.dialling(
            """
            to: +12025551234, +12025555678
            mode: ↓sequence
            """
        ),
    ]
    static let good = [
        Example.dialling(
            """
            to: +12025551234, +12025555678
            mode: sequence
            ring_timeout: 20
            screening:
              speak: Press 1 to take the plan.
              key: 1
              timeout: 10
            """
        )
    ]

    /// Seconds before which no voicemail answers.
    private static let voicemail = 20

    static func check(_ subject: Subject) -> [Finding] {
        subject.dialPlans.compactMap { plan in
            plan.node.setting(.screening) == nil ? voicemailTrap(plan, subject) : screening(of: plan, subject)
        }
    }

    private static func screening(of plan: DialPlan, _ subject: Subject) -> Finding? {
        let timeout = plan.node.setting(.screeningSeconds)
        guard let seconds = timeout?.number, seconds >= plan.ringSeconds,
            let span = (timeout?.source ?? plan.ringTime?.source)?.span
        else { return nil }
        return subject.finding(
            code,
            "the callee has \(seconds) s to press the key, and rings for \(plan.ringSeconds) s only: the caller may hear \(seconds + plan.ringSeconds) s of ringing",
            at: span,
            help: [
                timeout?.isDefault == true
                    ? "write \"timeout\" under \"screening\": without it, it is 10" : "10 is usual"
            ]
        )
    }

    private static func voicemailTrap(_ plan: DialPlan, _ subject: Subject) -> Finding? {
        guard plan.ringsInSequence, plan.ringSeconds > voicemail, let value = plan.order?.source,
            plan.targets.contains(where: { !$0.part.text.lowercased().hasPrefix("sip:") })
        else { return nil }
        return subject.finding(
            code,
            "each target of \"\(plan.node.name)\" rings for \(plan.ringSeconds) s: its voicemail may answer first and end the sequence",
            at: value.span,
            help: ["set \"ring_timeout\" to 20 or less, or add \"screening\""]
        )
    }
}
