import FlowCore
import FlowDocument

/// A flow without exactly one start node.
enum StartNode: Rule {
    static let code = Code.startNode
    static let summary = "A flow has no start node, or several."
    static let why = "Every call, message and request begins at the start node."
    static let bad = [
        Example(
            """
            version: 1
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Forward
              ↓Start2:
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
