import FlowCore
import FlowDocument

/// A cycle in which nothing is waited for.
enum CycleWithoutCall: Rule {
    static let code = Code("FD206", "cycle-without-call", .error)
    static let summary = "Nodes lead back to themselves, and none of them waits for anything."
    static let why = """
        Nothing a caller does can end such a cycle: it would go round until the cap of 100 steps fails the run. What is \
        only heard, such as a prompt, goes into one answer with what follows.
        """
    static let bad = [
        Example.nodes(
            """
            Say:
              type: play_audio
              speak: Please hold.
              transitions: Moment
            Moment:
              type: wait
              duration: 5
              transitions: ↓Say
            """
        ),
        Example.nodes(
            """
            LogA:
              type: http_request
              url: https://app.example.com/a
              transitions: LogB
            LogB:
              type: http_request
              url: https://app.example.com/b
              transitions: ↓LogA
            """
        ),
    ]
    static let good = [
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              transitions: LogA
            LogA:
              type: http_request
              url: https://app.example.com/a
              transitions: LogB
            LogB:
              type: http_request
              url: https://app.example.com/b
              transitions: end
            """
        )
    ]

    /// Whether a run that comes to a node goes on only once somebody has done something, or time has passed.
    ///
    /// What is only heard goes into one answer with what follows.
    private static func waits(_ node: FlowNode) -> Bool {
        node.description.plays.contains { $0.movesTurn && $0.address != .redirect }
            || node.description.traits.contains(.takesTime) && !node.isOnCallPath
    }

    static func check(_ subject: Subject) -> [Finding] {
        let (flow, facts) = (subject.flow, subject.facts)
        guard facts.hasCycles else { return [] }
        func isOpen(_ edge: DataFlow.Edge) -> Bool {
            !facts.isDead(edge.from) && !waits(flow.nodes[edge.to]) && !waits(flow.nodes[edge.from])
                && !HandMadeRetry.isRetry(edge, in: subject)
        }
        let edges = facts.edges.map { out in out.filter(isOpen).map(\.to) }
        return Cycles(edges, in: subject).heads.compactMap { head in
            guard let cycle = facts.cycle(through: head, along: isOpen), let last = cycle.edges.last else { return nil }
            let count = cycle.edges.count { flow.nodes[$0.from].description.requests }
            let places = cycle.places(in: flow)
            return subject.finding(
                code,
                "cycle without a call step: \(cycle.text(in: flow)). "
                    + (count > 0 ? "each turn sends \(count) request\(count == 1 ? "" : "s"), and " : "")
                    + "nothing ends it",
                at: flow.nodes[last.from].transitions[last.outcome].span,
                help: ["let one of these transitions go elsewhere, or write \"end\""],
                related: Array(places.dropLast())
            )
        }
    }
}
