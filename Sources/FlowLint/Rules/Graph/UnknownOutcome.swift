import FlowCore
import FlowDocument

/// An outcome that a node type does not have.
enum UnknownOutcome: Rule {
    static let code = Code.unknownOutcome
    static let summary = "A transition is for an outcome that the node does not have."
    static let why = "It would never be taken, and the outcome that was meant would end the run."
    static let bad = [
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              transitions:
                completed: end
                ↓noanswer: end
                busy: end
                failed: end
            """
        )
    ]
    static let good = [
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              transitions:
                completed: end
                no_answer: end
                busy: end
                failed: end
            """
        )
    ]
}
