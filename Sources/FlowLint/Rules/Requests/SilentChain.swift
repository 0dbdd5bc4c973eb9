import FlowCore
import FlowDocument

/// Requests that one webhook waits for, one after the other.
struct SilentChain {
    let nodes: [Int]
    let seconds: Int

    /// For each request that is the last of such a chain, the longest one that ends with it.
    ///
    /// A cycle of requests without a call_forward, an error of its own, counts each of them once.
    static func longest(in subject: Subject) -> [SilentChain] {
        let nodes = subject.flow.nodes
        let facts = subject.facts
        let isInside = nodes.indices.map {
            facts.isReachable[$0] && nodes[$0].isOnCallPath && !nodes[$0].description.dials
        }
        let edges = nodes.indices.map { node in
            isInside[node] ? Set(facts.edges[node].map(\.to)).filter { isInside[$0] }.sorted() : []
        }
        let component = Components.of(edges)
        var members: [Int: [Int]] = [:]
        for node in nodes.indices where isInside[node] { members[component[node], default: []].append(node) }

        // Components are numbered from the ends of the graph to its beginnings: walk them the other way round.
        var best: [Int: SilentChain] = [:]
        var goesOn: Set<Int> = []
        for number in members.keys.sorted(by: >) {
            let own = members[number, default: []].filter { nodes[$0].holdsCaller }
            let before = best[number] ?? SilentChain(nodes: [], seconds: 0)
            let chain = SilentChain(
                nodes: before.nodes + own,
                seconds: before.seconds + own.reduce(0) { $0 + nodes[$1].timeoutOnPath }
            )
            best[number] = chain
            for target in members[number, default: []].flatMap({ edges[$0] }) where component[target] != number {
                let next = component[target]
                if holdsCaller(from: target, edges, nodes) { goesOn.insert(number) }
                if chain.seconds > best[next]?.seconds ?? -1 { best[next] = chain }
            }
        }
        return members.keys.sorted(by: >).compactMap { number in
            let hasRequest = members[number, default: []].contains { nodes[$0].holdsCaller }
            return hasRequest && !goesOn.contains(number) ? best[number] : nil
        }
    }

    /// Whether a request that holds the caller is at a node or behind it.
    private static func holdsCaller(from root: Int, _ edges: [[Int]], _ nodes: [FlowNode]) -> Bool {
        var seen: Set<Int> = []
        var open = [root]
        while let node = open.popLast() {
            if nodes[node].holdsCaller { return true }
            if seen.insert(node).inserted { open += edges[node] }
        }
        return false
    }
}
