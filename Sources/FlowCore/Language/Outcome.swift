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
    /// Whether a caller is there in the runs that begin by it.
    package var bringsCaller: Bool { begins == .call }

    package init(_ name: String, _ tone: Tone, begins: RunID.Kind? = nil, _ summary: String) {
        self.name = name
        self.tone = tone
        self.begins = begins
        self.summary = summary
    }
}
