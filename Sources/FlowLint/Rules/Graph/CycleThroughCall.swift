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
        Example.nodes(
            """
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
        Example.nodes(
            """
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
        guard facts.hasCycles else { return [] }
        let edges = facts.edges.map { out in out.filter { !facts.isDead($0.from) }.map(\.to) }
        return Cycles(edges, in: subject).heads.compactMap { head in
            guard let cycle = shortestCycle(around: head, in: subject), let last = cycle.edges.last else { return nil }
            let node = flow.nodes[cycle.first]
            if let request = chooser(in: cycle, subject) {
                return subject.finding(
                    code,
                    "\"\(node.name)\" dials again until \"\(flow.nodes[request].name)\" leads out of this loop, or 20 times in a call",
                    at: flow.nodes[last.from].transitions[last.outcome].span,
                    severity: .info,
                    help: ["path: \(cycle.text(in: flow))"],
                    related: Array(cycle.places(in: flow).dropLast())
                )
            }
            let outcomes = cycle.edges.first.map { node.outcomes[$0.outcome].name } ?? ""
            return subject.finding(
                code,
                "\"\(node.name)\" dials again on \"\(outcomes)\" without a limit; only the cap of 20 dials in a call would end it",
                at: flow.nodes[last.from].transitions[last.outcome].span,
                help: ["path: \(cycle.text(in: flow))", "let it end, or forward to another number by another node"],
                related: Array(cycle.places(in: flow).dropLast())
            )
        }
    }

    /// A request of a cycle whose answer says whom to dial next, and which can end the dialling by its outcome.
    private static func chooser(in cycle: FlowPath, _ subject: Subject) -> Int? {
        let (flow, facts) = (subject.flow, subject.facts)
        let nodes = cycle.edges.map(\.from)
        return nodes.first { request in
            guard flow.nodes[request].waitsOnCallPath else { return false }
            let leaves = flow.nodes[request].transitions.contains { transition in
                transition.node.map { facts.component[$0] != facts.component[request] } ?? (transition.target == .end)
            }
            return leaves
                && subject.reads.contains { read in
                    read.source == request && nodes.contains(read.reader) && read.use.roles.contains(.dialTargets)
                }
        }
    }

    /// The shortest cycle that dials, among the nodes that `head` leads to and that lead to it; among equals that of the
    /// first name.
    private static func shortestCycle(around head: Int, in subject: Subject) -> FlowPath? {
        let (nodes, facts) = (subject.flow.nodes, subject.facts)
        let dialling = nodes.indices.filter {
            nodes[$0].description.dials && facts.component[$0] == facts.component[head]
        }
        var shortest: FlowPath?
        // Cycles through nodes already visited were found from those nodes.
        var isDone = Array(repeating: false, count: nodes.count)
        for node in dialling.sorted(by: { nodes[$0].name < nodes[$1].name }) {
            let longest = shortest.map { $0.edges.count - 1 } ?? .max
            shortest = facts.cycle(through: node, atMost: longest) { !isDone[$0.to] } ?? shortest
            isDone[node] = true
        }
        return shortest
    }
}
