/// Which nodes can be reached from which.
package enum Reachability {
    /// The nodes that `roots` lead to, themselves included.
    package static func forwards(from roots: [Int], in nodes: [FlowNode]) -> [Bool] {
        walk(from: roots, edges: nodes.map { $0.transitions.compactMap(\.node) })
    }

    /// The nodes that lead to one of `goals`, themselves included only if a way leads back or they are goals.
    static func backwards(from goals: [Int], along transitions: [[Transition]]) -> [Bool] {
        var sources = Array(repeating: [Int](), count: transitions.count)
        for (index, ways) in transitions.enumerated() {
            for way in ways {
                if let target = way.node { sources[target].append(index) }
            }
        }
        return walk(from: goals, edges: sources)
    }

    private static func walk(from roots: [Int], edges: [[Int]]) -> [Bool] {
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
