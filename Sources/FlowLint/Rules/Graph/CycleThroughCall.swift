import FlowCore
import FlowDocument

/// A cycle that dials without a limit.
enum CycleThroughCall: Rule {
    static let code = Code("FD207", "cycle-through-call", .warning)
    static let summary = "A call_forward leads back to itself."
    static let why = """
        The caller is put through the same numbers over and over: nothing but the cap of 20 dials in a call ends \
        it.
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
                transitions:
                  completed: end
                  no_answer: end
                  busy: ↓Forward
                  failed: end
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
                transitions:
                  completed: end
                  no_answer: end
                  busy: Reception
                  failed: end
              Reception:
                type: call_forward
                to: +12025555678
                transitions: end
            """
        )
    ]

    static func check(_ subject: Subject) -> [Finding] {
        let (flow, facts) = (subject.flow, subject.facts)
        let edges = facts.edges.map { $0.map(\.to) }
        return Cycles(edges, in: subject).heads.compactMap { head in
            let members = flow.nodes.indices.filter { facts.component[$0] == facts.component[head] }
            let dialling = members.filter { flow.nodes[$0].description.dials }
            let cycles = dialling.compactMap { facts.cycle(through: $0) }
            let shortest = cycles.min { lhs, rhs in
                (lhs.edges.count, flow.nodes[lhs.first].name) < (rhs.edges.count, flow.nodes[rhs.first].name)
            }
            guard let cycle = shortest, let last = cycle.edges.last else { return nil }
            let node = flow.nodes[cycle.first]
            let outcomes = cycle.edges.first.map { node.description.outcomes[$0.outcome].name } ?? ""
            return subject.finding(
                code,
                "\"\(node.name)\" dials again on \"\(outcomes)\" without a limit; only the cap of 20 dials in a call would end it",
                at: flow.nodes[last.from].transitions[last.outcome].span,
                help: ["path: \(cycle.text(in: flow))", "let it end, or forward to another number by another node"],
                related: Array(cycle.places(in: flow).dropLast())
            )
        }
    }
}
