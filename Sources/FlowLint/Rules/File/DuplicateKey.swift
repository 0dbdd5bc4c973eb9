import FlowDocument

/// A key or a node that is there twice.
enum DuplicateKey: Rule {
    static let code = Code.duplicateKey
    static let summary = "A key or a node name is defined twice."
    static let why = "Only one of the two can hold, and which one differs from tool to tool."
    static let bad = [
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              transitions: end
            ↓Forward:
              type: call_forward
              to: +12025555678
              transitions: end
            """
        )
    ]
    static let good = [
        Example.nodes(
            """
            Sales:
              type: call_forward
              to: +12025551234
              transitions:
                completed: end
                no_answer: Support
                busy: Support
                failed: Support
            Support:
              type: call_forward
              to: +12025555678
              transitions: end
            """
        )
    ]
}
