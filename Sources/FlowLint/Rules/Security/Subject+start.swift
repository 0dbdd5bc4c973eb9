import FlowCore
import FlowDocument

extension Subject {
    /// The start node's value that a reference reads, parameters with their names: `call.from`, `params.Digits`.
    func startValue(_ reference: Reference) -> String? { flow.startValue(reference) }
}

extension Flow {
    func startValue(_ reference: Reference) -> String? {
        guard case .value(let node, let value) = reference.source, node == start else { return nil }
        let description = nodes[node].description.values[value]
        guard case .open = description.kind, case .key(let name)? = reference.path.first else {
            return description.name
        }
        return "\(description.name).\(name)"
    }

    /// The node and the name of the value that a reference reads, the start node's aside.
    func nodeValue(_ reference: Reference) -> (node: Int, name: String)? {
        guard case .value(let node, let value) = reference.source, node != start else { return nil }
        return (node, nodes[node].description.values[value].name)
    }
}
