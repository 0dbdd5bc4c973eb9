/// One box of a picture: a node, a run's end, or a missing node that a transition names.
package struct Box: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Where runs begin.
        case start
        /// Dials.
        case dial
        /// A request for whose answer the caller waits.
        case request
        /// A request that is delivered in its own time.
        case delivery
        /// Any other node.
        case step
        /// The run ends.
        case end
        /// A transition's target that does not exist.
        case missing
    }

    package var kind: Kind
    /// The node's type as it stands in the file.
    package var type: String
    package var name: String
    /// The one line that says what the node does.
    package var headline: String
    /// A few words beside the type: "on the call path".
    package var notes: [String]
    package var marks: [Mark]

    package init(
        _ kind: Kind,
        type: String = "",
        name: String,
        headline: String = "",
        notes: [String] = [],
        marks: [Mark] = []
    ) {
        self.kind = kind
        self.type = type
        self.name = name
        self.headline = headline
        self.notes = notes
        self.marks = marks
    }

    /// Whether the box is a node of the flow.
    package var isNode: Bool { kind != .end && kind != .missing }
}
