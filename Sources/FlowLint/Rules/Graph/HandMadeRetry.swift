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
        Example.nodes(
            """
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
        Example.nodes(
            """
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
        let retries = subject.facts.edges.map { out in
            let own = out.filter { isRetry($0, in: subject) && !subject.facts.isDead($0.from) }
            // Where success leads back too, that is what has to be said.
            return own.filter { isFailure($0, flow) == own.allSatisfy { isFailure($0, flow) } }
        }
        return retries.joined().map { edge in
            let node = flow.nodes[edge.from]
            guard isFailure(edge, flow) else { return endless(edge, node, subject) }
            let isRefused = node.word(.retry) == "none"
            return subject.finding(
                code,
                isRefused
                    ? "\"\(node.name)\" says \"retry: none\" and retries itself by looping, without a pause and without a limit"
                    : "\"\(node.name)\" retries itself by looping. retries are built in (\"retry\") and survive a restart",
                at: node.transitions[edge.outcome].span,
                severity: isRefused ? .error : .warning,
                fixes: [
                    Fix(
                        node.waitsOnCallPath
                            ? "write \"failed: end\" or another node: while a caller waits there is one attempt"
                            : "write \"failed: end\": flowd tries again by itself before it comes to that",
                        .maybe,
                        [Edit(node.transitions[edge.outcome].span, "end")]
                    )
                ]
            )
        }
    }

    private static func isFailure(_ edge: DataFlow.Edge, _ flow: Flow) -> Bool {
        flow.nodes[edge.from].outcomes[edge.outcome].tone == .bad
    }

    /// A request that is sent again once it succeeded.
    private static func endless(_ edge: DataFlow.Edge, _ node: FlowNode, _ subject: Subject) -> Finding {
        subject.finding(
            code,
            "\"\(node.name)\" leads back to itself on \"\(node.outcomes[edge.outcome].name)\": it is sent again and again, and nothing ends it",
            at: node.transitions[edge.outcome].span,
            severity: .error,
            help: ["write \"end\" or another node; a failed request is tried again by itself"]
        )
    }

    /// Whether a request leads back to itself.
    static func isRetry(_ edge: DataFlow.Edge, in subject: Subject) -> Bool {
        edge.from == edge.to && subject.flow.nodes[edge.from].description.requests
    }
}
