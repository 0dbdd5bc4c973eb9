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
        /// By its place among the outcomes of the node, or among the events of its type.
        package let outcome: Int
        package let to: Int
        /// Whether a side run begins by it, while the run itself is anywhere behind the node.
        package let isEvent: Bool

        init(from: Int, outcome: Int, to: Int, isEvent: Bool = false) {
            self.from = from
            self.outcome = outcome
            self.to = to
            self.isEvent = isEvent
        }
    }

    /// The ways out of each node by its outcomes, in their order; those that no run can take are left out.
    package let edges: [[Edge]]
    /// ``edges``, and behind them the ways out of each node by its events.
    let ways: [[Edge]]
    package let start: Int?
    /// Whether a run can come to a node.
    package let isReachable: [Bool]
    /// Which nodes lead to each other: two with the same number lie on a common cycle, or are the same.
    package let component: [Int]
    /// Whether any node leads back to itself.
    package let hasCycles: Bool
    /// Whether every way that a run can take is known: no transition leads nowhere, and every type is known.
    package let isComplete: Bool

    /// The nodes that every run to a node has come by.
    private let dominators: Dominators
    /// The bits of each node's outcomes; none where nothing is asked of them.
    private let outcomeBits: [Range<Int>]
    private let last: BitRows

    /// Facts for every pair of nodes.
    package init(_ flow: Flow) { self.init(flow, about: nil) }

    /// - Parameter reads: all that will be asked: whether the source has run before the reader, and how it ended where
    ///   that decides what the reader gets. Nil for anything, which takes room by the square of the nodes.
    init(_ flow: Flow, about reads: [ValueRead]?) {
        let nodes = flow.nodes
        let edges = Self.edges(flow)
        self.edges = edges
        let ways = zip(edges, Self.eventEdges(flow)).map { $0 + $1 }
        self.ways = ways
        start = flow.start

        let order = Self.reversePostOrder(ways, from: flow.start)
        var isReachable = Array(repeating: false, count: nodes.count)
        for node in order { isReachable[node] = true }
        self.isReachable = isReachable
        isComplete =
            flow.start != nil && nodes.count(where: \.description.begins) == 1
            && order.allSatisfy { !nodes[$0].route.isUnclear }
        let component = Components.of(edges.map { $0.map(\.to) })
        self.component = component
        hasCycles = edges.contains { $0.contains { component[$0.from] == component[$0.to] } }

        let dominators = Dominators(ways, order: order)
        self.dominators = dominators
        var isAsked = Array(repeating: reads == nil, count: nodes.count)
        for read in reads ?? [] where isReachable[read.reader] && read.source != read.reader && !isAsked[read.source] {
            isAsked[read.source] =
                read.dependsOnOutcome || !dominators.contain(read.source, of: read.reader)
        }
        var bit = 0
        let outcomeBits = nodes.indices.map { node in
            let first = bit
            if isAsked[node] { bit += max(1, nodes[node].transitions.count) }
            return first..<bit
        }
        self.outcomeBits = outcomeBits
        var last = BitRows(rows: nodes.count, bits: bit)
        if bit > 0 {
            let beginnings = Self.sideRuns(order: order, edges: edges, ways: ways)
            Self.solve(order: order, edges: edges, beginnings: beginnings, bits: outcomeBits, last: &last)
        }
        self.last = last
    }

    /// Where each node's events lead.
    private static func eventEdges(_ flow: Flow) -> [[Edge]] {
        flow.nodes.enumerated().map { index, node in
            node.events.indices.compactMap { event in
                node.events[event].node.map { Edge(from: index, outcome: event, to: $0, isEvent: true) }
            }
        }
    }

    /// By node: where side runs may begin while a run is there, or once it has ended there.
    private static func sideRuns(order: [Int], edges: [[Edge]], ways: [[Edge]]) -> [[Int]] {
        var beginnings: [[Int]] = Array(repeating: [], count: edges.count)
        for node in order {
            let events = ways[node].filter(\.isEvent).map(\.to)
            guard !events.isEmpty else { continue }
            for behind in reversePostOrder(edges, from: node) { beginnings[behind] += events }
        }
        return beginnings
    }

    /// Whether a node has run on every way to another.
    package func mustRun(_ node: Int, before other: Int) -> Bool { dominators.contain(node, of: other) }

    /// Whether a node has run on some way to another.
    package func mayRun(_ node: Int, before other: Int) -> Bool {
        mustRun(node, before: other) || outcomeBits[node].contains { last.contains($0, in: other) }
    }

    /// Whether a node runs before another only where the other has run already: in a loop, one turn before.
    func comesFromTurnBefore(_ node: Int, to other: Int) -> Bool {
        component[node] == component[other] && mustRun(other, before: node)
    }

    /// Which nodes a run comes to that begins with a call; all that a run comes to, where not every way is known.
    func nodesOfCalls(in flow: Flow) -> [Bool] {
        guard isComplete, let start, let call = flow.nodes[start].outcomeWithCaller else { return isReachable }
        var found = Array(repeating: false, count: edges.count)
        var open = edges[start].filter { $0.outcome == call }.map(\.to)
        while let node = open.popLast() {
            guard !found[node] else { continue }
            found[node] = true
            open += edges[node].map(\.to)
        }
        return found
    }

    /// Whether a side run that an event of a node began comes to another node.
    func isBehindEvent(of source: Int, _ node: Int) -> Bool {
        ways[source].contains { $0.isEvent && path(from: $0.to, until: { $0 == node }) != nil }
    }

    /// Whether no run comes to a node, as far as every way is known.
    func isDead(_ node: Int) -> Bool { isComplete && !isReachable[node] }

    /// The outcomes that a node's last visit can have had when a run comes to another, in order; none if it cannot have run.
    package func lastOutcomes(of node: Int, before other: Int) -> [Int] {
        outcomeBits[node].filter { last.contains($0, in: other) }.map { $0 - outcomeBits[node].lowerBound }
    }

    /// The ways out of each node that a run can take.
    private static func edges(_ flow: Flow) -> [[Edge]] {
        var edges = flow.nodes.enumerated().map { index, node in
            node.transitions.indices.compactMap { outcome in
                // No run begins by a hangup: nodes that a caller hangs up in lead there.
                guard let target = node.transitions[outcome].node, node.canEnd(by: outcome),
                    node.outcomes[outcome].kind != .callHangup
                else { return nil as Edge? }
                return Edge(from: index, outcome: outcome, to: target)
            }
        }
        guard let target = flow.callHangup?.target else { return edges }
        // A run takes this way once: what follows it does not lead to it again.
        let follows = Set(reversePostOrder(edges, from: target))
        for (index, node) in flow.nodes.enumerated() where !follows.contains(index) {
            for outcome in node.outcomes.indices where flow.isImpliedHangup(outcome, of: index) {
                edges[index].append(Edge(from: index, outcome: outcome, to: target))
            }
        }
        return edges
    }

    /// Goes along the edges until nothing changes: `last` only grows.
    private static func solve(
        order: [Int],
        edges: [[Edge]],
        beginnings: [[Int]],
        bits: [Range<Int>],
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
                    var more = last.unite(edge.to, with: node, hiding: bits[node])
                    for same in out[place...] where same.to == edge.to && !bits[node].isEmpty {
                        if last.insert(bits[node].lowerBound + same.outcome, in: edge.to) { more = true }
                    }
                    if more {
                        isWaiting[edge.to] = true
                        changed = true
                    }
                }
                // The run may have left the node by any of its outcomes, to the end too.
                for target in beginnings[node] {
                    var more = last.unite(target, with: node, hiding: 0..<0)
                    for bit in bits[node] where last.insert(bit, in: target) { more = true }
                    if more {
                        isWaiting[target] = true
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
