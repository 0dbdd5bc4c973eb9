/// A way out of a node.
package struct Outcome: Hashable, Sendable {
    package enum Tone: Sendable {
        case good, bad, neutral
    }

    package let name: String
    package let summary: String
    /// For the colour of an edge.
    package let tone: Tone
    /// Whether a caller is there in the runs that begin by it.
    package let bringsCaller: Bool

    package init(_ name: String, _ tone: Tone, bringsCaller: Bool = false, _ summary: String) {
        self.name = name
        self.tone = tone
        self.bringsCaller = bringsCaller
        self.summary = summary
    }
}
