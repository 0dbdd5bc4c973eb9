import FlowCore
import FlowDocument

/// A request that tries again by leading back to itself.
enum HandMadeRetry: Rule {
    static let code = Code("FD208", "hand-made-retry", .warning)
    static let summary = "An http_request retries itself by a transition."
    static let why = """
        Off the call path flowd retries by itself, over days and through restarts. A loop gives up at the cap of \
        100 steps. With \"retry: none\" the two contradict each other.
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
                transitions: LogMiss
              LogMiss:
                type: http_request
                url: https://app.example.com/missed
                transitions:
                  success: end
                  failed: ↓LogMiss
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
                transitions: LogMiss
              LogMiss:
                type: http_request
                url: https://app.example.com/missed
                retry: {attempts: 5}
                transitions: end
            """
        )
    ]

    static func check(_ subject: Subject) -> [Finding] {
        let flow = subject.flow
        return subject.facts.edges.joined().filter { isRetry($0, in: subject) }.map { edge in
            let node = flow.nodes[edge.from]
            let isRefused = node.source["retry"]?.text == "none"
            return subject.finding(
                code,
                isRefused
                    ? "\"\(node.name)\" says \"retry: none\" and retries itself by looping, without a pause and without a limit"
                    : "\"\(node.name)\" retries itself by looping. retries are built in (\"retry\") and survive a restart",
                at: node.transitions[edge.outcome].span,
                severity: isRefused ? .error : .warning,
                help: node.holdsCaller
                    ? ["write \"failed: end\" or another node: while a caller waits there is one attempt"]
                    : ["write \"failed: end\": flowd tries again by itself before it comes to that"]
            )
        }
    }

    /// Whether a request leads back to itself where it failed, and only there.
    static func isRetry(_ edge: DataFlow.Edge, in subject: Subject) -> Bool {
        let node = subject.flow.nodes[edge.from]
        guard edge.from == edge.to, node.description.type == "http_request" else { return false }
        return subject.facts.edges[edge.from].allSatisfy {
            $0.to != edge.from || node.description.outcomes[$0.outcome].name == "failed"
        }
    }
}
