import FlowCore
import FlowDocument

/// A template that names no node or no value.
enum UnknownValue: Rule {
    static let code = Code.unknownValue
    static let summary = "A template reads a node or a value that there is not."
    static let why = "It would be the empty text in every call."
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
                caller_name: <<↓Strat.call.from>>
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
                caller_name: <<Start.↓call.form>>
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
                to: +12025551234
                caller_name: <<Start.call.from>>
                transitions: end
            """
        )
    ]
}
