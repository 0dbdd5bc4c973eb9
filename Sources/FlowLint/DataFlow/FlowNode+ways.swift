package import FlowCore
package import FlowDocument

extension FlowNode {
    /// Whether an outcome can happen: a request that is not waited for always goes on by `success`.
    package func canEnd(by outcome: Int) -> Bool {
        description.outcomes[outcome].name == "success" || !isNeverWaitedFor
    }

    /// An http_request with `wait: false`.
    package var isNeverWaitedFor: Bool { description.type == "http_request" && source["wait"]?.text == "false" }

    /// The caller hears nothing until this node's answer is there.
    package var holdsCaller: Bool { description.type == "http_request" && isOnCallPath && !isNeverWaitedFor }

    /// Whether it may lead somewhere that the flow does not say: its type, an outcome or a target is unknown.
    package var hasUnknownWay: Bool {
        if description.type == "unknown" || transitions.contains(where: { $0.target == .dangling }) { return true }
        guard let value = source["transitions"] else { return false }
        guard let entries = value.entries else { return value.scalar == nil }
        // By place: to look at an entry must not copy all of it.
        return entries.indices.contains { place in
            entries[place].value.scalar == nil || !isOutcome(entries[place].key.text, near: place)
        }
    }

    /// Whether a name is that of an outcome: mostly of the one that has its place.
    private func isOutcome(_ name: String, near place: Int) -> Bool {
        let outcomes = description.outcomes
        return place < outcomes.count && outcomes[place].name == name || description.outcome(name) != nil
    }

    /// The key `transitions` in the file, or nil where there is none or nothing behind it.
    package var transitionsKey: Key? {
        guard let entry = written("transitions") else { return nil }
        return entry.value.scalar?.style == .absent ? nil : entry.key
    }

    /// The place of a value among those of the node's type.
    package func value(named name: String) -> Int? { description.values.firstIndex { $0.name == name } }
}
