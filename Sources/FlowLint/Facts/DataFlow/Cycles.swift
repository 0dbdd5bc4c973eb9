import FlowCore

/// The cycles of a graph, one for each group of nodes that lead to each other.
struct Cycles {
    /// Of each group the node that a run comes to first, by steps and then by name, so that the order of a file does not matter.
    let heads: [Int]

    init(_ edges: [[Int]], in subject: Subject) {
        let component = Components.of(edges)
        var sizes = Array(repeating: 0, count: edges.count)
        for number in component { sizes[number] += 1 }
        let distance = Self.distances(subject.facts)
        var heads: [Int: Int] = [:]
        for node in edges.indices where sizes[component[node]] > 1 || edges[node].contains(node) {
            guard let other = heads[component[node]] else {
                heads[component[node]] = node
                continue
            }
            let names = (subject.flow.nodes[node].name, subject.flow.nodes[other].name)
            if (distance[node], names.0) < (distance[other], names.1) { heads[component[node]] = node }
        }
        self.heads = heads.values.sorted()
    }

    private static func distances(_ facts: DataFlow) -> [Int] {
        var distance = Array(repeating: Int.max, count: facts.edges.count)
        guard let start = facts.start else { return distance }
        distance[start] = 0
        var open = [start]
        var next = 0
        while next < open.count {
            let node = open[next]
            next += 1
            for edge in facts.edges[node] where distance[edge.to] == .max {
                distance[edge.to] = distance[node] + 1
                open.append(edge.to)
            }
        }
        return distance
    }
}
