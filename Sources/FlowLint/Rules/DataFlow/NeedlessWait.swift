import FlowCore
import FlowDocument

/// A request that holds the caller for nothing.
enum NeedlessWait: Rule {
    static let code = Code("FD313", "needless-wait", .warning)
    static let summary = "A request before a call_forward makes the caller wait, and nothing needs its result."
    static let why = """
        The caller hears silence until the app server has answered, and the flow goes the same way whatever it \
        says.
        """
    static let bad = [
        Example(
            """
            version: 1
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Notify
              ↓Notify:
                type: http_request
                url: https://app.example.com/ringing
                transitions: Forward
              Forward:
                type: call_forward
                to: +12025551234
                transitions: end
            """
        )
    ]
    static let good = [
        Example.nodes(
            """
            Notify:
              type: http_request
              url: https://app.example.com/ringing
              wait: false
              transitions: Forward
            Forward:
              type: call_forward
              to: +12025551234
              transitions: end
            """
        )
    ]

    static func check(_ subject: Subject) -> [Finding] {
        let flow = subject.flow
        var isRead = Array(repeating: false, count: flow.nodes.count)
        for read in subject.reads { isRead[read.source] = true }
        return flow.nodes.indices.compactMap { index in
            let node = flow.nodes[index]
            guard !isRead[index], subject.keepsCallerWaiting(index),
                let first = node.transitions.first, first.node != nil,
                node.transitions.allSatisfy({ $0.target == first.target }), !node.route.isUnclear
            else { return nil }
            let seconds = node.number(.answerSeconds) ?? 0
            return subject.finding(
                code,
                "\"\(node.name)\" holds the caller for up to \(seconds) s and nothing reads its result",
                at: node.nameSpan,
                help: ["write \"wait: false\" to send it without waiting, or move it behind the last call_forward"]
            )
        }
    }
}
