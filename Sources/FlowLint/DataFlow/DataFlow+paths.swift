extension DataFlow {
    /// The shortest way from the start to a node that does not come through another, or nil where there is none.
    package func path(to goal: Int, avoiding hidden: Int? = nil) -> FlowPath? {
        guard let start, start != hidden else { return nil }
        return path(from: start, avoiding: hidden) { $0 == goal }
    }

    /// The shortest way from a node to the first for which `isGoal` holds, itself included.
    package func path(
        from root: Int,
        avoiding hidden: Int? = nil,
        along isOpen: (Edge) -> Bool = { _ in true },
        until isGoal: (Int) -> Bool
    ) -> FlowPath? {
        var arrival: [Int: Edge] = [:]
        var open = [root]
        var next = 0
        while next < open.count {
            let node = open[next]
            next += 1
            if isGoal(node) { return FlowPath(first: root, edges: way(to: node, from: root, arrival)) }
            for edge in edges[node]
            where edge.to != hidden && edge.to != root && arrival[edge.to] == nil && isOpen(edge) {
                arrival[edge.to] = edge
                open.append(edge.to)
            }
        }
        return nil
    }

    /// The shortest way from a node back to itself, along edges that `isOpen` lets through.
    package func cycle(through node: Int, along isOpen: (Edge) -> Bool = { _ in true }) -> FlowPath? {
        var best: FlowPath?
        for edge in edges[node] where isOpen(edge) {
            let back =
                edge.to == node
                ? FlowPath(first: node, edges: [])
                : path(from: edge.to, along: isOpen) { other in edges[other].contains { $0.to == node && isOpen($0) } }
            guard var back else { continue }
            if edge.to != node, let closing = edges[back.end].first(where: { $0.to == node && isOpen($0) }) {
                back.edges.append(closing)
            }
            let cycle = FlowPath(first: node, edges: [edge] + back.edges)
            if cycle.edges.count < best?.edges.count ?? .max { best = cycle }
        }
        return best
    }

    /// The nodes from which a run can come to `goal`, itself included.
    package func reaching(_ goal: Int) -> [Bool] {
        var seen = Array(repeating: false, count: edges.count)
        var open = [goal]
        while let node = open.popLast() {
            guard !seen[node] else { continue }
            seen[node] = true
            open += sources[node].map(\.from)
        }
        return seen
    }

    private func way(to node: Int, from root: Int, _ arrival: [Int: Edge]) -> [Edge] {
        var edges: [Edge] = []
        var place = node
        while place != root, let edge = arrival[place] {
            edges.append(edge)
            place = edge.from
        }
        return edges.reversed()
    }
}
