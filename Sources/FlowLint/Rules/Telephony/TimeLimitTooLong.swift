import FlowCore
import FlowDocument

/// A time limit beyond the one that Plivo sets.
enum TimeLimitTooLong: Rule {
    static let code = Code.timeLimitTooLong
    static let summary = "`time_limit` is above 86400 seconds."
    static let why = "Plivo ends every call after 24 hours, so a longer limit would never be reached."
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
                time_limit: ↓90000
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
                time_limit: 7200
                transitions: end
            """
        )
    ]
}
