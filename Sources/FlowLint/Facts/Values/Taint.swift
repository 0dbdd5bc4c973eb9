import FlowCore

/// Which values somebody else chooses: a caller, who sends an API request, an app server.
///
/// Values go from node to node by templates alone: into a request and back with its answer, into a dial and back as the
/// target that answered. Numbers and times that Plivo reports are not counted in.
struct Taint {
    private let flow: Flow
    /// By node: an untrusted value that goes into it.
    private var inflow: [Reference?]

    init(_ flow: Flow) {
        self.flow = flow
        inflow = Array(repeating: nil, count: flow.nodes.count)
        var changed = true
        while changed {
            changed = false
            for index in flow.nodes.indices where inflow[index] == nil {
                inflow[index] = untrusted(into: index)
                if inflow[index] != nil { changed = true }
            }
        }
    }

    /// An untrusted value that goes into a node, one from outside before others.
    private func untrusted(into index: Int) -> Reference? {
        let node = flow.nodes[index]
        var other: Reference?
        // Of what goes into a dial, only the targets come out again.
        for use in node.templates where !node.description.dials || use.roles.contains(.dialTargets) {
            for reference in use.references {
                if isFromOutside(reference) { return reference }
                if other == nil, flow.source(of: reference) != index, isUntrusted(reference) { other = reference }
            }
        }
        return other
    }

    /// Whether somebody else chooses what a reference gives.
    func isUntrusted(_ reference: Reference) -> Bool {
        let roles = flow.roles(of: reference)
        if roles.contains(.dialled), let node = flow.source(of: reference) { return inflow[node] != nil }
        return !roles.isDisjoint(with: [.fromCaller, .fromServer])
    }

    /// Whether a caller, a sender or an API client chooses it, and no app server has seen it.
    func isFromOutside(_ reference: Reference) -> Bool { flow.roles(of: reference).contains(.fromCaller) }

    /// How an untrusted value came into the node whose value a reference reads, from its origin on; nil where none did.
    func way(to reference: Reference) -> [String]? {
        guard isUntrusted(reference), var node = flow.source(of: reference), var source = inflow[node] else {
            return nil
        }
        var way = [flow.nodes[node].name]
        var seen: Set<Int> = [node]
        while let before = flow.source(of: source), seen.insert(before).inserted, let next = inflow[before] {
            way.append(flow.nodes[before].name)
            node = before
            source = next
        }
        return [source.text] + way.reversed()
    }
}
