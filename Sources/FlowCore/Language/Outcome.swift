/// A way out of a node.
package struct Outcome: Hashable, Sendable {
    package enum Tone: Sendable {
        case good, bad, neutral
    }

    package let name: String
    package let summary: String
    /// For the colour of an edge.
    package let tone: Tone
    /// The kind of run that begins with this outcome; nil for a way on from what the node did.
    package let begins: RunID.Kind?
    /// What the outcome means to the walk.
    package let kind: Kind

    package enum Kind: Sendable {
        /// A way that the author decides on.
        case plain
        /// The call ended while the node was awaited, or before it was reached: without a transition of its own it takes
        /// the way of ``callHangup``.
        case hangup
        /// Where the run goes on once its call has ended, by any node's ``hangup``; nothing begins by it.
        case callHangup
    }

    /// Whether a node has it by some of its keys alone: the shortest example of the type has not.
    package let needsKeys: Bool

    /// Whether it is never meant by one name for all outcomes, and nobody has to decide on it.
    package var isImplied: Bool { kind != .plain }

    /// Whether a caller is there in the runs that begin by it.
    package var bringsCaller: Bool { begins == .call }

    package init(
        _ name: String,
        _ tone: Tone,
        begins: RunID.Kind? = nil,
        kind: Kind = .plain,
        needsKeys: Bool = false,
        _ summary: String
    ) {
        self.name = name
        self.tone = tone
        self.begins = begins
        self.kind = kind
        self.needsKeys = needsKeys
        self.summary = summary
    }
}
