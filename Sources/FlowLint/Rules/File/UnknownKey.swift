import FlowDocument

/// A key that no node type and no flow has.
enum UnknownKey: Rule {
    static let code = Code.unknownKey
    static let summary = "A key is not one that stands here."
    static let why = """
        A mistyped key would be left out without a word, and the default would hold: the phone rings 30 seconds, \
        whatever was meant.
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
                ↓ring_timout: 20
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
                ring_timeout: 20
                transitions: end
            """
        )
    ]
}
