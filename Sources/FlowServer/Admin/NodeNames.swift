package import FlowCore

/// Names for the places of one flow version: runs hold places only.
package struct NodeNames: Sendable {
    private let flow: Flow?

    /// - Parameter flow: nil where that version is no longer known; nodes then are called by their place.
    package init(_ flow: Flow?) {
        self.flow = flow
    }

    func node(_ place: Int) -> String {
        guard let flow, flow.nodes.indices.contains(place) else { return "#\(place)" }
        return flow.nodes[place].name
    }

    func outcome(_ outcome: Int, of place: Int) -> String {
        guard let flow, flow.nodes.indices.contains(place),
            flow.nodes[place].description.outcomes.indices.contains(outcome)
        else { return "#\(outcome)" }
        return flow.nodes[place].description.outcomes[outcome].name
    }
}
