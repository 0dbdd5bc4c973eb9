/// A way out of a node.
package struct Outcome: Hashable, Sendable {
    package enum Tone: Sendable {
        case good, bad, neutral
    }

    package let name: String
    package let summary: String
    /// For the colour of an edge.
    package let tone: Tone

    package init(_ name: String, _ tone: Tone, _ summary: String) {
        self.name = name
        self.tone = tone
        self.summary = summary
    }
}
