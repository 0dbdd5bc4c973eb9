/// Which nodes can be reached from which.
package enum Reachability {
    /// The nodes that `roots` lead to by transitions and events, themselves included.
    package static func forwards(from roots: [Int], in nodes: [FlowNode]) -> [Bool] {
        walk(from: roots, along: Edges(nodes.map { $0.transitions + $0.events }, areReversed: false))
    }

    /// The same, along edges that are given by node.
    static func forwards(from roots: [Int], along transitions: [[Transition]]) -> [Bool] {
        walk(from: roots, along: Edges(transitions, areReversed: false))
    }

    /// The nodes that lead to one of `goals`, themselves included only if a way leads back or they are goals.
    static func backwards(from goals: [Int], along transitions: [[Transition]]) -> [Bool] {
        walk(from: goals, along: Edges(transitions, areReversed: true))
    }

    private static func walk(from roots: [Int], along edges: Edges) -> [Bool] {
        var seen = Array(repeating: false, count: edges.count)
        var open = roots
        while let next = open.popLast() {
            guard !seen[next] else { continue }
            seen[next] = true
            open += edges[next]
        }
        return seen
    }
}

/// Where each node's edges lead, in one list for all nodes.
private struct Edges {
    private let ends: [Int]
    /// Where a node's part of ``ends`` begins; the last is the end of all.
    private let starts: [Int]

    init(_ transitions: [[Transition]], areReversed: Bool) {
        let all = Self.list(transitions, areReversed: areReversed)
        var starts = Array(repeating: 0, count: transitions.count + 1)
        for edge in all { starts[edge.from] += 1 }
        // To the end of each part, from where it is filled down to its beginning.
        for node in transitions.indices { starts[node + 1] += starts[node] }
        var ends = Array(repeating: 0, count: all.count)
        for edge in all {
            starts[edge.from] -= 1
            ends[starts[edge.from]] = edge.to
        }
        self.starts = starts
        self.ends = ends
    }

    private static func list(_ transitions: [[Transition]], areReversed: Bool) -> [(from: Int, to: Int)] {
        var edges: [(from: Int, to: Int)] = []
        for (index, ways) in transitions.enumerated() {
            for way in ways {
                guard let target = way.node else { continue }
                edges.append(areReversed ? (target, index) : (index, target))
            }
        }
        return edges
    }

    var count: Int { starts.count - 1 }

    subscript(node: Int) -> ArraySlice<Int> { ends[starts[node]..<starts[node + 1]] }
}
