package import FlowCore

/// Names for the nodes of one flow version: runs hold indices only.
package struct NodeNames: Sendable {
    let flow: Flow?

    /// - Parameter flow: nil where that version is no longer known; nodes then are called by their index.
    package init(_ flow: Flow?) {
        self.flow = flow
    }

    package func node(_ index: Int) -> String {
        guard let flow, flow.nodes.indices.contains(index) else { return "#\(index)" }
        return flow.nodes[index].name
    }

    func outcome(_ outcome: Int, of index: Int) -> String {
        guard let flow, flow.nodes.indices.contains(index),
            flow.nodes[index].outcomes.indices.contains(outcome)
        else { return "#\(outcome)" }
        return flow.nodes[index].outcomes[outcome].name
    }
}
