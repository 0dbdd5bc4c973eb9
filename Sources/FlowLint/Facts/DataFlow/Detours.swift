/// Ways to nodes that do not come by others, each found once: a text may read the values of one node many times.
struct Detours {
    struct Detour {
        let path: FlowPath
        /// The step from which on no way leads to the node any more.
        let skipping: DataFlow.Edge?
    }

    private struct Question: Hashable {
        let skipped: Int
        let goal: Int
    }

    private let facts: DataFlow
    private lazy var sources = facts.sources()
    private var known: [Question: Detour?] = [:]

    init(_ facts: DataFlow) {
        self.facts = facts
    }

    /// The shortest way to `goal` that does not come by `node`; nil where there is none.
    mutating func detour(around node: Int, to goal: Int) -> Detour? {
        let question = Question(skipped: node, goal: goal)
        if let known = known[question] { return known }
        let detour = facts.path(to: goal, avoiding: node).map { path in
            let before = facts.reaching(node, by: sources)
            let skipping = path.edges.first { before[$0.from] && !before[$0.to] } ?? path.edges.last
            return Detour(path: path, skipping: skipping)
        }
        known.updateValue(detour, forKey: question)
        return detour
    }
}
