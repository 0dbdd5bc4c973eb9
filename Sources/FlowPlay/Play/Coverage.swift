package import FlowCore
import FlowDocument

/// Which nodes, edges and outcomes of a flow were taken.
package struct Coverage: Sendable {
    package struct Edge: Hashable, Sendable {
        package let node: String
        /// The outcome's name, or `event` and the event's.
        package let outcome: String
        /// The node it leads to, or `end`.
        package let target: String
        /// Where it is written: `flows/dial-status.yaml:17:7`.
        package let place: String

        package var text: String { "\(node) -[\(outcome)]-> \(target)" }
    }

    package struct Tally: Hashable, Sendable {
        package var taken: Int
        package var total: Int

        package init(taken: Int, total: Int) {
            self.taken = taken
            self.total = total
        }

        /// Whole per cent, never 100 with something left.
        package var percent: Int { total == 0 ? 100 : taken * 100 / total }
    }

    package let flow: Flow
    private var nodesSeen: Set<Int> = []
    private var outcomesSeen: Set<[Int]> = []
    /// Node and event, as indices.
    private var eventsSeen: Set<[Int]> = []

    package init(_ flow: Flow) {
        self.flow = flow
    }

    package mutating func add(_ run: Run) {
        for step in run.path {
            nodesSeen.insert(step.node)
            if let outcome = step.outcome { outcomesSeen.insert([step.node, outcome]) }
        }
        if let origin = run.origins.last, flow.nodes.indices.contains(origin.node),
            let event = flow.nodes[origin.node].description.events.firstIndex(where: { $0.name == origin.event })
        {
            eventsSeen.insert([origin.node, event])
        }
        if run.origins.isEmpty, run.tookCallHangup, let start = flow.start, let way = flow.callHangup {
            outcomesSeen.insert([start, way.outcome])
        }
    }

    package mutating func add(_ other: Coverage) {
        nodesSeen.formUnion(other.nodesSeen)
        outcomesSeen.formUnion(other.outcomesSeen)
        eventsSeen.formUnion(other.eventsSeen)
    }

    package var nodes: Tally { Tally(taken: nodesSeen.count, total: flow.nodes.count) }

    /// Transitions that are written, `end` included, and events.
    package var edges: Tally {
        let all = ways.filter { isWritten($0) }
        let taken = all.count { outcomesSeen.contains($0) } + events.count { eventsSeen.contains($0) }
        return Tally(taken: taken, total: all.count + events.count)
    }

    /// All ways out of all nodes, also those that are left out in the flow.
    package var outcomes: Tally { Tally(taken: ways.count { outcomesSeen.contains($0) }, total: ways.count) }

    /// Transitions that were never taken, then events by which nothing began, each in the order of the flow.
    package var missing: [Edge] { missingTransitions + missingEvents }

    private var missingEvents: [Edge] {
        events.filter { !eventsSeen.contains($0) }.map { way in
            let node = flow.nodes[way[0]]
            let target = node.events[way[1]]
            return Edge(
                node: node.name,
                outcome: "event \(node.description.events[way[1]].name)",
                target: target.node.map { flow.nodes[$0].name } ?? "",
                place: "\(flow.file):\(target.keySpan.start)"
            )
        }
    }

    private var missingTransitions: [Edge] {
        ways.filter { isWritten($0) && !outcomesSeen.contains($0) }.map { way in
            let node = flow.nodes[way[0]]
            let transition = node.transitions[way[1]]
            let target =
                switch transition.target {
                case .node(let next): flow.nodes[next].name
                case .end, .omitted, .dangling: "end"
                }
            return Edge(
                node: node.name,
                outcome: node.outcomes[way[1]].name,
                target: target,
                place: "\(flow.file):\(transition.keySpan.start)"
            )
        }
    }

    /// Node and outcome, as indices.
    ///
    /// At the start node only the outcomes that a run can begin with count, and the way of hangups where it is written.
    private var ways: [[Int]] {
        flow.nodes.indices.flatMap { node in
            flow.nodes[node].outcomes.indices
                .filter { canBeTaken(flow.nodes[node].outcomes[$0], of: node) || isWritten([node, $0]) }
                .map { [node, $0] }
        }
    }

    /// Node and event, as indices: those for which the flow names a node.
    private var events: [[Int]] {
        flow.nodes.indices.flatMap { node in
            flow.nodes[node].events.indices.filter { flow.nodes[node].events[$0].node != nil }.map { [node, $0] }
        }
    }

    private func canBeTaken(_ outcome: Outcome, of node: Int) -> Bool {
        outcome.kind != .callHangup && (node != flow.start || outcome.begins != nil)
    }

    private func isWritten(_ way: [Int]) -> Bool {
        flow.nodes[way[0]].transitions[way[1]].target != .omitted
    }
}
