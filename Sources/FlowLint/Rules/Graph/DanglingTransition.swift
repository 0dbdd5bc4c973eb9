import FlowCore
import FlowDocument

/// A transition to a node that there is not.
enum DanglingTransition: Rule {
    static let code = Code.danglingTransition
    static let summary = "A transition or an event goes to a node that does not exist."
    static let why = "The run would have nowhere to go, in the middle of a call."
    static let bad = [
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              transitions:
                completed: end
                no_answer: LogMiss
                busy: ↓LogMis
                failed: LogMiss
            LogMiss:
              type: http_request
              url: https://app.example.com/missed
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
                no_answer: LogMiss
                busy: LogMiss
                failed: LogMiss
            LogMiss:
              type: http_request
              url: https://app.example.com/missed
            """
        )
    ]
}
