import FlowCore
import FlowDocument

/// A ring timeout in which nobody can answer, or for which nobody waits.
enum ExtremeRingTime: Rule {
    static let code = Code("FD405", "extreme-ring-time", .warning)
    static let summary = "`ring_timeout` is below 5 seconds or above 120."
    static let why = """
        A phone rings about once in 6 seconds, so a shorter time hangs up before anybody can answer. Carriers end an \
        unanswered call after about 90 to 120 seconds themselves, so a longer time changes nothing.
        """
    static let bad = [
        Example.dialling("ring_timeout: ↓3"),
        Example.dialling("ring_timeout: ↓300"),
    ]
    static let good = [
        Example.dialling("ring_timeout: 25")
    ]

    static let usual = 5...120

    static func check(_ subject: Subject) -> [Finding] {
        subject.dialPlans.compactMap { plan in
            guard let seconds = plan.ringTime?.number, !usual.contains(seconds), let value = plan.ringTime?.source
            else { return nil }
            let what =
                seconds < usual.lowerBound
                ? "\(seconds) s rings about once" : "\(seconds) s is longer than carriers let a phone ring"
            return subject.finding(code, "\(what): 20 to 45 is usual", at: value.span)
        }
    }
}
