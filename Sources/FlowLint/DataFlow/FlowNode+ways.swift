package import FlowCore
package import FlowDocument

extension FlowNode {
    /// Whether an outcome can happen: a request that is not waited for always goes on by `success`.
    package func canEnd(by outcome: Int) -> Bool {
        !(isNeverWaitedFor && description.outcomes[outcome].name != "success")
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
        return entries.contains { description.outcome($0.key.text) == nil || $0.value.scalar == nil }
    }

    /// The key `transitions` in the file, or nil where there is none or nothing behind it.
    package var transitionsKey: Key? {
        guard let entry = written("transitions") else { return nil }
        return entry.value.scalar?.style == .absent ? nil : entry.key
    }

    /// The place of a value among those of the node's type.
    package func value(named name: String) -> Int? { description.values.firstIndex { $0.name == name } }
}
