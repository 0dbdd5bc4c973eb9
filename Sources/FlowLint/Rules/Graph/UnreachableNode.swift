import FlowCore
import FlowDocument

/// A node that no run comes to.
enum UnreachableNode: Rule {
    static let code = Code("FD203", "unreachable-node", .warning)
    static let summary = "No path from the start node reaches a node."
    static let why = """
        What it was meant to do never happens, most often because a transition was forgotten or names another \
        node.
        """
    static let bad = [
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              transitions: end
            ↓OldLog:
              type: http_request
              url: https://app.example.com/log
            """
        )
    ]
    static let good = [
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              transitions: Log
            Log:
              type: http_request
              url: https://app.example.com/log
            """
        )
    ]

    static func check(_ subject: Subject) -> [Finding] {
        let (flow, facts) = (subject.flow, subject.facts)
        guard facts.isComplete, let start = flow.start else { return [] }
        // Nothing can lead to a node named "end": another rule says so.
        let unreachable = flow.nodes.indices.filter { !facts.isReachable[$0] && flow.nodes[$0].name != "end" }
        guard !unreachable.isEmpty else { return [] }
        let ways = facts.sources()
        let neverTaken = self.neverTaken(in: flow)
        return unreachable.map { index in
            let node = flow.nodes[index]
            var sources: [Int] = []
            for edge in ways[index] where edge.from != index && !sources.contains(edge.from) {
                sources.append(edge.from)
            }
            if sources.isEmpty, let (other, outcome) = neverTaken[index] {
                let name = other.outcomes[outcome].name
                return subject.finding(
                    code,
                    "\"\(node.name)\" can never run: only \"\(name)\" of \"\(other.name)\" leads here, which is never taken with \"wait: false\"",
                    at: node.nameSpan,
                    help: ["let \"\(other.name)\" wait, or write \"\(name): end\" and remove \"\(node.name)\""],
                    related: [subject.related("never taken", at: other.transitions[outcome].span)]
                )
            }
            let names = sources.map { "\"\(flow.nodes[$0].name)\"" }.sorted().joined(separator: ", ")
            return subject.finding(
                code,
                "\"\(node.name)\" can never run: no path from \"\(flow.nodes[start].name)\" reaches it",
                at: node.nameSpan,
                help: sources.isEmpty
                    ? ["let a transition or an event lead to it, or remove it"]
                    : ["only \(names) leads here, and that can never run either"]
            )
        }
    }

    /// By the node that they lead to, ways that no run takes, since nobody waits for the answer that they depend on.
    private static func neverTaken(in flow: Flow) -> [Int: (node: FlowNode, outcome: Int)] {
        var ways: [Int: (node: FlowNode, outcome: Int)] = [:]
        for node in flow.nodes where node.isNeverWaitedFor {
            for outcome in node.transitions.indices where !node.canEnd(by: outcome) {
                guard let target = node.transitions[outcome].node, ways[target] == nil else { continue }
                ways[target] = (node, outcome)
            }
        }
        return ways
    }
}
