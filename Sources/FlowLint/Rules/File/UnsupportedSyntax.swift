import FlowDocument

/// YAML that a flow does not use.
enum UnsupportedSyntax: Rule {
    static let code = Code.unsupportedSyntax
    static let summary =
        "A file uses something of YAML that a flow does not: anchors, aliases, merge keys, tags, tabs, a second document."
    static let why = """
        What a node does stands in the node. With anchors and merge keys it would stand elsewhere, and two tools \
        would read the same file differently.
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
              Forward: ↓&base
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
