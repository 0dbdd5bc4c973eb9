import FlowCore
import FlowDocument

/// A template that names no node or no value.
enum UnknownValue: Rule {
    static let code = Code.unknownValue
    static let summary = "A template reads a node or a value that does not exist."
    static let why = "It would be the empty text in every call."
    static let bad = [
        Example.dialling("caller_name: <<↓Strat.call.from>>"),
        Example.dialling("caller_name: <<Start.↓call.form>>"),
    ]
    static let good = [
        Example.dialling("caller_name: <<Start.call.from>>")
    ]
}
