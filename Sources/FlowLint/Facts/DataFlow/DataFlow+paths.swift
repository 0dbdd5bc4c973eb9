extension DataFlow {
    /// The shortest way from the start to a node that does not come through another, or nil where there is none.
    package func path(to goal: Int, avoiding hidden: Int? = nil) -> FlowPath? {
        guard let start, start != hidden else { return nil }
        return path(from: start, avoiding: hidden) { $0 == goal }
    }

    /// The shortest way from a node to the first for which `isGoal` holds, itself included; events are ways too.
    package func path(
        from root: Int,
        avoiding hidden: Int? = nil,
        along isOpen: (Edge) -> Bool = { _ in true },
        until isGoal: (Int) -> Bool
    ) -> FlowPath? {
        if isGoal(root) { return FlowPath(first: root, edges: []) }
        var search = Search(from: root, nodes: edges.count)
        while let node = search.next() {
            for (place, edge) in ways[node].enumerated()
            where edge.to != hidden && edge.to != root && search.isNew(edge.to) && isOpen(edge) {
                search.reach(edge.to, from: node, by: place)
                if isGoal(edge.to) { return FlowPath(first: root, edges: way(to: edge.to, search)) }
            }
        }
        return nil
    }

    /// The shortest way from a node back to itself, along edges that `isOpen` lets through, of `longest` edges at most.
    package func cycle(
        through root: Int,
        atMost longest: Int = .max,
        along isOpen: (Edge) -> Bool = { _ in true }
    ) -> FlowPath? {
        var search = Search(from: root, nodes: edges.count)
        while let node = search.next() {
            guard search.distance < longest else { return nil }
            if let closing = edges[node].first(where: { $0.to == root && isOpen($0) }) {
                return FlowPath(first: root, edges: way(to: node, search) + [closing])
            }
            for (place, edge) in edges[node].enumerated() where search.isNew(edge.to) && isOpen(edge) {
                search.reach(edge.to, from: node, by: place)
            }
        }
        return nil
    }

    /// The ways to each node, by outcomes and events.
    func sources() -> [[Edge]] {
        var sources: [[Edge]] = Array(repeating: [], count: edges.count)
        for out in ways { for edge in out { sources[edge.to].append(edge) } }
        return sources
    }

    /// The nodes from which a run can come to `goal`, itself included.
    ///
    /// - Parameter sources: the ways to each node.
    func reaching(_ goal: Int, by sources: [[Edge]]) -> [Bool] {
        var seen = Array(repeating: false, count: edges.count)
        seen[goal] = true
        var open = [goal]
        while let node = open.popLast() {
            for edge in sources[node] where !seen[edge.from] {
                seen[edge.from] = true
                open.append(edge.from)
            }
        }
        return seen
    }

    private func way(to goal: Int, _ search: Search) -> [Edge] {
        var way: [Edge] = []
        var node = goal
        while node != search.root {
            let edge = ways[search.source(of: node)][search.place(of: node)]
            way.append(edge)
            node = edge.from
        }
        return way.reversed()
    }
}

/// Nodes by their distance from one of them, the nearest first.
private struct Search {
    let root: Int
    /// The edges from the root to the node that was taken last.
    private(set) var distance = 0
    /// How each node was reached first: from which, and by which of its edges.
    private var arrivals: [(from: Int32, place: Int32)]
    private var open: [Int]
    private var taken = 0
    /// Where in `open` those begin that are one edge farther away.
    private var farther = 1

    init(from root: Int, nodes: Int) {
        self.root = root
        arrivals = Array(repeating: (-1, -1), count: nodes)
        open = [root]
    }

    mutating func next() -> Int? {
        guard taken < open.count else { return nil }
        if taken == farther {
            distance += 1
            farther = open.count
        }
        taken += 1
        return open[taken - 1]
    }

    func isNew(_ node: Int) -> Bool { arrivals[node].from < 0 }

    mutating func reach(_ node: Int, from source: Int, by place: Int) {
        arrivals[node] = (Int32(source), Int32(place))
        open.append(node)
    }

    func source(of node: Int) -> Int { Int(arrivals[node].from) }
    func place(of node: Int) -> Int { Int(arrivals[node].place) }
}
