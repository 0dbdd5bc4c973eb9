package import FlowDocument

/// Where an outcome leads, or where a side run begins by an event.
package struct Transition: Sendable {
    package enum Target: Hashable, Sendable {
        case node(Int)
        case end
        /// The outcome was left out, and the run ends there; the event was left out, and nothing begins by it.
        case omitted
        /// It names a node that does not exist; found only in a flow with errors.
        case dangling
    }

    package let target: Target
    /// The target's name in the file, or the whole of `transitions` where it was left out.
    package let span: Span
    /// The outcome's key in the file; the name's own span where one name stands for all.
    package let keySpan: Span

    package init(_ target: Target, span: Span, keySpan: Span) {
        self.target = target
        self.span = span
        self.keySpan = keySpan
    }

    package var node: Int? {
        guard case .node(let node) = target else { return nil }
        return node
    }
}

/// How a file gives a node's transitions.
package struct WrittenRoute: Sendable {
    /// The key `transitions`; nil where the node has none, or nothing behind it.
    package let key: Key?
    /// The one name that stands for all outcomes.
    package let only: String?
    /// Whether the node may lead somewhere that cannot be told: an outcome, an event or a target is unknown.
    package internal(set) var isUnclear: Bool
    /// Names of nodes that do not exist, by outcome.
    package let missing: [String: String]
}
