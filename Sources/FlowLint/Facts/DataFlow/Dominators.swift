/// Which nodes every way from the start to a node comes by: its dominators.
///
/// Found by the algorithm of Cooper, Harvey and Kennedy ("A Simple, Fast Dominance Algorithm", 2001). They form a tree,
/// in which each node is numbered before those below it: one comparison tells whether a node is above another.
struct Dominators: Sendable {
    /// By node: its number and behind the numbers of those below it; empty for what no run reaches.
    private let numbers: [Range<Int>]

    /// - Parameter order: the nodes that a run can come to, each before those it leads to, cycles aside.
    init(_ edges: [[DataFlow.Edge]], order: [Int]) {
        let above = Self.nearest(edges, order)
        var sizes = Array(repeating: 1, count: edges.count)
        for node in order.dropFirst().reversed() { sizes[above[node]] += sizes[node] }
        var numbers = Array(repeating: 0..<0, count: edges.count)
        // By node: the number that the next node below it gets.
        var next = Array(repeating: 0, count: edges.count)
        for (place, node) in order.enumerated() {
            let number = place == 0 ? 0 : next[above[node]]
            if place > 0 { next[above[node]] += sizes[node] }
            numbers[node] = number..<number + sizes[node]
            next[node] = number + 1
        }
        self.numbers = numbers
    }

    /// Whether a node lies on every way to another; no node does on those to itself.
    func contain(_ node: Int, of other: Int) -> Bool {
        guard node != other, !numbers[other].isEmpty else { return false }
        return numbers[node].contains(numbers[other].lowerBound)
    }

    /// By node: the nearest of its dominators; the start's is the start.
    private static func nearest(_ edges: [[DataFlow.Edge]], _ order: [Int]) -> [Int] {
        var nearest = Array(repeating: -1, count: edges.count)
        guard let start = order.first else { return nearest }
        nearest[start] = start
        var places = nearest
        for (place, node) in order.enumerated() { places[node] = place }
        var changed = true
        while changed {
            changed = false
            for node in order {
                for edge in edges[node] where edge.to != start {
                    var (one, other) = (node, nearest[edge.to] < 0 ? node : nearest[edge.to])
                    while one != other {
                        if places[one] > places[other] { one = nearest[one] } else { other = nearest[other] }
                    }
                    if nearest[edge.to] != one {
                        nearest[edge.to] = one
                        changed = true
                    }
                }
            }
        }
        return nearest
    }
}
