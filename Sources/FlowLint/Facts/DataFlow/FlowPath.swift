package import FlowCore
package import FlowDocument

/// A way through a flow.
package struct FlowPath: Hashable, Sendable {
    package let first: Int
    package var edges: [DataFlow.Edge]

    package init(first: Int, edges: [DataFlow.Edge]) {
        self.first = first
        self.edges = edges
    }

    /// The node it ends at.
    package var end: Int { edges.last?.to ?? first }

    /// `Start -> Forward -[busy]-> LogMiss`; an outcome is named where the node has other ways.
    package func text(in flow: Flow) -> String {
        var text = flow.nodes[first].name
        for edge in edges {
            text += arrow(by: edge, in: flow) + flow.nodes[edge.to].name
        }
        return text
    }

    /// The way with one more step, to the end of the run.
    package func text(endingBy outcome: Int, in flow: Flow) -> String {
        text(in: flow) + arrow(from: end, by: outcome, in: flow) + "end"
    }

    private func arrow(by edge: DataFlow.Edge, in flow: Flow) -> String {
        guard edge.isEvent else { return arrow(from: edge.from, by: edge.outcome, in: flow) }
        return " -(event \(flow.nodes[edge.from].description.events[edge.outcome].name))-> "
    }

    private func arrow(from node: Int, by outcome: Int, in flow: Flow) -> String {
        let node = flow.nodes[node]
        let isStart = node.description.begins
        let target = node.transitions[outcome].target
        let hasOthers = node.transitions.indices.contains { place in
            let other = node.transitions[place].target
            return other != target && !(isStart && other == .omitted) && node.canEnd(by: place)
        }
        return hasOthers ? " -[\(node.outcomes[outcome].name)]-> " : " -> "
    }

    /// Where each step stands in the file, for those who follow it.
    package func places(in flow: Flow) -> [Finding.Related] {
        edges.map { edge in
            let node = flow.nodes[edge.from]
            let target = flow.nodes[edge.to].name
            let message =
                edge.isEvent
                ? "event \"\(node.description.events[edge.outcome].name)\" of \"\(node.name)\" begins a side run at \"\(target)\""
                : "\"\(node.name)\" goes on to \"\(target)\" by \"\(node.outcomes[edge.outcome].name)\""
            return Finding.Related(message, file: flow.file, span: flow.span(of: edge))
        }
    }
}

extension Flow {
    /// Where a way's target stands in the file.
    func span(of edge: DataFlow.Edge) -> Span {
        let node = nodes[edge.from]
        return edge.isEvent ? node.events[edge.outcome].span : node.transitions[edge.outcome].span
    }
}
