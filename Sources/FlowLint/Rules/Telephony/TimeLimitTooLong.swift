import FlowCore
import FlowDocument

/// A time limit beyond the one that Plivo sets.
enum TimeLimitTooLong: Rule {
    static let code = Code.timeLimitTooLong
    static let summary = "`time_limit` is above 86400 seconds."
    static let why = "Plivo ends every call after 24 hours, so a longer limit would never be reached."
    static let bad = [
        Example.dialling("time_limit: ↓90000")
    ]
    static let good = [
        Example.dialling("time_limit: 7200")
    ]
}
