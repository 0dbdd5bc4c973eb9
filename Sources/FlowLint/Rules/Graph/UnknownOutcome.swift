import FlowCore
import FlowDocument

/// An outcome or event that a node type does not have.
enum UnknownOutcome: Rule {
    static let code = Code.unknownOutcome
    static let summary = "A transition is for an outcome, or an event is named, that the node does not have."
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
        ),
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              events:
                ↓anwsered: Log
              transitions: end
            Log:
              type: http_request
              url: https://app.example.com/answered
              transitions: end
            """
        ),
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
