/// A way out of a node.
package struct Outcome: Hashable, Sendable {
    package enum Mood: Sendable {
        case good, bad, neutral
    }

    package let name: String
    package let summary: String
    /// For the colour of an edge.
    package let mood: Mood

    package init(_ name: String, _ mood: Mood, _ summary: String) {
        self.name = name
        self.mood = mood
        self.summary = summary
    }
}
