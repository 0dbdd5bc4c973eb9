import FlowCore
import FlowDocument

/// Ringing for longer than callers wait.
enum LongRing: Rule {
    static let code = Code("FD410", "long-ring", .info)
    static let summary = "It rings for more than 60 seconds, or a sequence for more than 120."
    static let why = """
        Most callers hang up within a minute, and carriers end a call that nobody answers after about 90 to 120 \
        seconds. What the flow would do afterwards is then done without the caller.
        """
    static let bad = [
        Example.dialling("ring_timeout: ↓90"),
        Example.dialling(
            """
            mode: sequence
            ring_timeout: ↓25
            to:
              - +12025551234
              - +12025555678
              - +12025559012
              - +12025553456
              - +12025557890
              - +12025552345
            """
        ),
    ]
    static let good = [
        Example.dialling("ring_timeout: 45")
    ]

    private static let patience = 60
    private static let longest = 120

    static func check(_ subject: Subject) -> [Finding] {
        subject.dialPlans.compactMap { plan in
            guard let span = plan.ringSpan else { return nil }
            let seconds = plan.ringSeconds
            if seconds > patience, seconds <= ExtremeRingTime.usual.upperBound {
                return subject.finding(
                    code,
                    "most callers hang up within \(patience) s, and this rings for \(seconds) s",
                    at: span
                )
            }
            guard seconds <= patience, plan.ringsInSequence else { return nil }
            let total = seconds * plan.targetCount
            guard total > longest else { return nil }
            return subject.finding(
                code,
                "\"\(plan.node.name)\" rings \(plan.targetCount) targets one after the other for \(total) s in all: carriers end a call that nobody answers after about 90 to \(longest) s",
                at: span
            )
        }
    }
}
