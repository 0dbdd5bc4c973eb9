import FlowCore
import FlowDocument

/// Which values somebody else chooses: a caller, who sends an API request, an app server.
///
/// Values go from node to node by templates alone: into a request and back with its answer, into a dial and back as the
/// target that answered. Numbers and times that Plivo reports are not counted in.
struct Taint {
    private let flow: Flow
    /// By node: an untrusted value that goes into it.
    private var inflow: [Reference?]
    /// By the start node's value: whether somebody outside chooses it; nil where its parts have to be looked at.
    private let isOutside: [Bool?]

    init(_ flow: Flow) {
        self.flow = flow
        isOutside = (flow.start.map { flow.nodes[$0].description.values } ?? []).map { value in
            if case .open = value.kind { return nil }
            return Self.isFromOutside(value.name)
        }
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
        for use in node.templates where !node.description.dials || use.key == "to" {
            for reference in use.references {
                if isFromOutside(reference) { return reference }
                if other == nil, flow.nodeValue(reference)?.node != index, isUntrusted(reference) { other = reference }
            }
        }
        return other
    }

    /// Whether somebody outside chooses what a reference gives.
    func isUntrusted(_ reference: Reference) -> Bool {
        if isFromOutside(reference) { return true }
        guard let (node, name) = flow.nodeValue(reference) else { return false }
        if flow.nodes[node].description.dials { return name == "to" && inflow[node] != nil }
        return name == "response" || name == "content_type"
    }

    /// Whether a caller, a sender or an API client chooses it, and no app server has seen it.
    func isFromOutside(_ reference: Reference) -> Bool {
        guard case .value(let node, let value) = reference.source, node == flow.start else { return false }
        if let isOutside = isOutside[value] { return isOutside }
        return flow.startValue(reference).map(Self.isFromOutside) ?? false
    }

    private static func isFromOutside(_ name: String) -> Bool {
        if Self.chosenByCaller.contains(name) { return true }
        if name == "params" || name == "http.params" || name == "call.headers" { return true }
        if name.hasPrefix("http.params.") || name.hasPrefix("call.headers.") { return true }
        return name.hasPrefix("params.") && !Self.setByPlivo.contains(String(name.dropFirst("params.".count)))
    }

    /// How an untrusted value came into the node whose value a reference reads, from its origin on; nil where none did.
    func way(to reference: Reference) -> [String]? {
        guard isUntrusted(reference), var node = flow.nodeValue(reference)?.node, var source = inflow[node] else {
            return nil
        }
        var way = [flow.nodes[node].name]
        var seen: Set<Int> = [node]
        while let before = flow.nodeValue(source)?.node, seen.insert(before).inserted, let next = inflow[before] {
            way.append(flow.nodes[before].name)
            node = before
            source = next
        }
        return [source.text] + way.reversed()
    }

    private static let chosenByCaller: Set = ["call.caller_name", "message.text"]
    private static let setByPlivo: Set = [
        "From", "To", "CallUUID", "ALegUUID", "Direction", "CallStatus", "Event", "StartTime", "SessionStart",
        "AnswerTime", "EndTime", "ForwardedFrom", "ParentAuthID", "BillRate", "MessageUUID", "Type",
    ]
}
