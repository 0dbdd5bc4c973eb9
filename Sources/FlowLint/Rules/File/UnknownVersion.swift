import FlowDocument

/// A version of the format that this flowd does not know.
enum UnknownVersion: Rule {
    static let code = Code.unknownVersion
    static let summary = "The format version is not one that this flowd knows."
    static let why = "A newer format may mean something else by the same words. flowd does not guess."
    static let bad = [
        Example(
            """
            version: ↓9
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Forward
              Forward:
                type: call_forward
                to: +12025551234
                transitions: end
            """
        )
    ]
    static let good = [
        Example.dialling("to: +12025551234")
    ]
}
