import FlowCore
import FlowDocument

/// A cycle in which nobody is dialled.
enum CycleWithoutCall: Rule {
    static let code = Code("FD206", "cycle-without-call", .error)
    static let summary = "Nodes lead back to themselves without a call_forward between."
    static let why = """
        Nothing a caller does can end such a cycle: it would send requests until the cap of 100 steps fails the \
        run.
        """
    static let bad = [
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
        )
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

    static func check(_ subject: Subject) -> [Finding] {
        let (flow, facts) = (subject.flow, subject.facts)
        guard facts.hasCycles else { return [] }
        func isOpen(_ edge: DataFlow.Edge) -> Bool {
            !facts.isDead(edge.from) && !flow.nodes[edge.to].description.holdsCaller
                && !flow.nodes[edge.from].description.holdsCaller
                && !flow.nodes[edge.from].description.traits.contains(.takesTime)
                && !HandMadeRetry.isRetry(edge, in: subject)
        }
        let edges = facts.edges.map { out in out.filter(isOpen).map(\.to) }
        return Cycles(edges, in: subject).heads.compactMap { head in
            guard let cycle = facts.cycle(through: head, along: isOpen), let last = cycle.edges.last else { return nil }
            let count = cycle.edges.count { flow.nodes[$0.from].description.requests }
            let places = cycle.places(in: flow)
            return subject.finding(
                code,
                "cycle without a call step: \(cycle.text(in: flow)). each turn sends \(count) request\(count == 1 ? "" : "s"), and nothing ends it",
                at: flow.nodes[last.from].transitions[last.outcome].span,
                help: ["let one of these transitions go elsewhere, or write \"end\""],
                related: Array(places.dropLast())
            )
        }
    }
}
