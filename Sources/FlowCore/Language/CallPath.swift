/// Which nodes stand between a caller and what the caller hears next, and whose results matter there.
struct CallPath {
    /// By node: a node that holds the caller can be reached from here, before the call ends.
    let holds: [Bool]
    /// By node: something depends on what it gives, or on how it ends.
    ///
    /// Its outcomes lead to different nodes, or a node that can be reached from it reads one of its values: by
    /// transitions, by events, or because the caller hangs up further on.
    let counts: [Bool]

    init(_ drafts: [NodeDraft]) {
        holds = Reachability.backwards(
            from: drafts.indices.filter { drafts[$0].description.holdsCaller },
            along: drafts.map { $0.description.traits.contains(.endsCall) ? [] : $0.transitions }
        )
        let readers = Self.readers(drafts)
        let edges = drafts.map { $0.transitions + $0.events }
        let callHangup = Self.callHangup(drafts)
        counts = drafts.indices.map { node in
            let ways = Set(drafts[node].transitions.map(\.node))
            guard ways.count < 2, let readers = readers[node] else { return ways.count > 1 }
            let behind = Reachability.forwards(from: ways.compactMap(\.self) + callHangup, along: edges)
            return readers.contains { behind[$0] }
        }
    }

    /// Where runs go on whose caller has hung up.
    private static func callHangup(_ drafts: [NodeDraft]) -> [Int] {
        drafts.flatMap { draft in
            zip(draft.behavior.outcomes, draft.transitions).compactMap { outcome, transition in
                outcome.kind == .callHangup ? transition.node : nil
            }
        }
    }

    /// The nodes whose templates read a node's values, by that node; only of nodes that send requests.
    private static func readers(_ drafts: [NodeDraft]) -> [Int: Set<Int>] {
        var readers: [Int: Set<Int>] = [:]
        for (reader, draft) in drafts.enumerated() {
            for reference in draft.templates.lazy.flatMap(\.references) {
                guard case .value(let node, _) = reference.source, drafts[node].description.requests else { continue }
                readers[node, default: []].insert(reader)
            }
        }
        return readers
    }
}
