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
        let (facts, hasCaller) = (subject.facts, subject.hasCaller)
        let isInside = nodes.indices.map {
            hasCaller[$0] && nodes[$0].isOnCallPath && !nodes[$0].description.holdsCaller
        }
        guard nodes.indices.contains(where: { isInside[$0] && nodes[$0].waitsOnCallPath }) else { return [] }
        let edges = nodes.indices.map { node in
            isInside[node] ? Set(facts.edges[node].map(\.to)).filter { isInside[$0] }.sorted() : []
        }
        let component = Components.of(edges)
        var members: [Int: [Int]] = [:]
        for node in nodes.indices where isInside[node] { members[component[node], default: []].append(node) }

        // Components are numbered from the ends of the graph to its beginnings: the other way round, each way to a
        // component is known before those that leave it.
        let order = members.keys.sorted(by: >)
        var best: [Int: SilentChain] = [:]
        for number in order {
            let own = members[number, default: []].filter { nodes[$0].waitsOnCallPath }
            let before = best[number] ?? SilentChain(nodes: [], seconds: 0)
            let seconds = before.seconds + own.reduce(0) { $0 + (nodes[$1].number(.answerSeconds) ?? 0) }
            let chain = own.isEmpty ? before : SilentChain(nodes: before.nodes + own, seconds: seconds)
            best[number] = chain
            for next in Set(members[number, default: []].flatMap { edges[$0] }.map { component[$0] })
            where next != number {
                if chain.seconds > best[next]?.seconds ?? -1 { best[next] = chain }
            }
        }

        var leadsToRequest: Set<Int> = []
        return order.reversed().compactMap { number in
            let own = members[number, default: []]
            let goesOn = own.contains { node in
                edges[node].contains { component[$0] != number && leadsToRequest.contains(component[$0]) }
            }
            let hasRequest = own.contains { nodes[$0].waitsOnCallPath }
            if goesOn || hasRequest { leadsToRequest.insert(number) }
            return hasRequest && !goesOn ? best[number] : nil
        }
    }
}
