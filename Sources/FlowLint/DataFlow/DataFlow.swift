package import FlowCore

/// What has run, may have run, and how it ended, wherever a run of a flow can be.
///
/// A place in a run is an edge: a node, the outcome by which it was left, and where that leads. The start node has an
/// edge for each of its outcomes, so that a fact can depend on how the run began. Facts hold *before* a node: on all
/// edges that lead to it. They say nothing of a node that no run reaches.
package struct DataFlow: Sendable {
    /// A way from one node to another.
    package struct Edge: Hashable, Sendable {
        package let from: Int
        /// By its place among the outcomes of the node's type.
        package let outcome: Int
        package let to: Int
    }

    /// The ways out of each node, in the order of its outcomes; those that no run can take are left out.
    package let edges: [[Edge]]
    /// The ways to each node.
    package let sources: [[Edge]]
    package let start: Int?
    /// Whether a run can come to a node.
    package let isReachable: [Bool]
    /// Which nodes lead to each other: two with the same number lie on a common cycle, or are the same.
    package let component: [Int]
    /// Whether any node leads back to itself.
    package let hasCycles: Bool
    /// Whether every way that a run can take is known: no transition leads nowhere, and every type is known.
    package let isComplete: Bool

    /// The bits of each node's outcomes.
    private let outcomeBits: [Range<Int>]
    private let must: BitRows
    private let last: BitRows

    package init(_ flow: Flow) {
        let nodes = flow.nodes
        var edges: [[Edge]] = []
        var sources: [[Edge]] = Array(repeating: [], count: nodes.count)
        var outcomeBits: [Range<Int>] = []
        var bit = 0
        for (index, node) in nodes.enumerated() {
            outcomeBits.append(bit..<bit + max(1, node.transitions.count))
            bit += max(1, node.transitions.count)
            var out: [Edge] = []
            out.reserveCapacity(node.transitions.count)
            for (outcome, transition) in node.transitions.enumerated() where node.canEnd(by: outcome) {
                guard let target = transition.node else { continue }
                let edge = Edge(from: index, outcome: outcome, to: target)
                out.append(edge)
                sources[target].append(edge)
            }
            edges.append(out)
        }
        self.edges = edges
        self.sources = sources
        self.outcomeBits = outcomeBits
        start = flow.start

        let order = Self.reversePostOrder(edges, from: flow.start)
        var isReachable = Array(repeating: false, count: nodes.count)
        for node in order { isReachable[node] = true }
        self.isReachable = isReachable
        isComplete =
            flow.start != nil && nodes.count { $0.description.type == "start" } == 1
            && order.allSatisfy { !nodes[$0].hasUnknownWay }
        let component = Components.of(edges.map { $0.map(\.to) })
        self.component = component
        hasCycles = edges.joined().contains { component[$0.from] == component[$0.to] }

        var must = BitRows(rows: nodes.count, bits: nodes.count, filled: true)
        var last = BitRows(rows: nodes.count, bits: bit)
        if let start = flow.start { must.empty(start) }
        Self.solve(order: order, edges: edges, bits: outcomeBits, must: &must, last: &last)
        self.must = must
        self.last = last
    }

    /// Whether a node has run on every way to another.
    package func mustRun(_ node: Int, before other: Int) -> Bool { must.contains(node, in: other) }

    /// Whether a node has run on some way to another.
    package func mayRun(_ node: Int, before other: Int) -> Bool {
        outcomeBits[node].contains { last.contains($0, in: other) }
    }

    /// The outcomes that a node's last visit can have had when a run comes to another, in order; none if it cannot have run.
    package func lastOutcomes(of node: Int, before other: Int) -> [Int] {
        outcomeBits[node].filter { last.contains($0, in: other) }.map { $0 - outcomeBits[node].lowerBound }
    }

    /// Goes along the edges until nothing changes: `must` only shrinks and `last` only grows.
    private static func solve(
        order: [Int],
        edges: [[Edge]],
        bits: [Range<Int>],
        must: inout BitRows,
        last: inout BitRows
    ) {
        var isWaiting = Array(repeating: false, count: edges.count)
        for node in order { isWaiting[node] = true }
        var changed = true
        while changed {
            changed = false
            for node in order where isWaiting[node] {
                isWaiting[node] = false
                let out = edges[node]
                for (place, edge) in out.enumerated() where !out[..<place].contains(where: { $0.to == edge.to }) {
                    let less = must.intersect(edge.to, with: node, and: node)
                    var more = last.unite(edge.to, with: node, hiding: bits[node])
                    for same in out[place...] where same.to == edge.to {
                        if last.insert(bits[node].lowerBound + same.outcome, in: edge.to) { more = true }
                    }
                    if less || more {
                        isWaiting[edge.to] = true
                        changed = true
                    }
                }
            }
        }
    }

    /// Nodes that a run can come to, each before those it leads to, cycles aside.
    private static func reversePostOrder(_ edges: [[Edge]], from start: Int?) -> [Int] {
        guard let start else { return [] }
        var order: [Int] = []
        var seen = Array(repeating: false, count: edges.count)
        var open: [(node: Int, next: Int)] = [(start, 0)]
        seen[start] = true
        while let (node, next) = open.last {
            guard next < edges[node].count else {
                order.append(node)
                open.removeLast()
                continue
            }
            open[open.count - 1].next += 1
            let target = edges[node][next].to
            if !seen[target] {
                seen[target] = true
                open.append((target, 0))
            }
        }
        return order.reversed()
    }
}
