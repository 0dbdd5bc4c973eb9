package import FlowCore

/// Where outcomes of one box lead: those with the same target are one arrow.
package struct Arrow: Hashable, Sendable {
    /// An outcome on the arrow.
    package struct Label: Hashable, Sendable {
        package var text: String
        package var tone: Outcome.Tone
        /// The flow does not name it: the run just ends.
        package var isLeftOut: Bool

        package init(_ text: String, _ tone: Outcome.Tone, isLeftOut: Bool = false) {
            self.text = text
            self.tone = tone
            self.isLeftOut = isLeftOut
        }
    }

    package var from: Int
    package var to: Int
    package var labels: [Label]

    package init(from: Int, to: Int, labels: [Label]) {
        self.from = from
        self.to = to
        self.labels = labels
    }

    /// The outcomes' mood if it is the same for all.
    package var tone: Outcome.Tone {
        guard let first = labels.first?.tone, labels.allSatisfy({ $0.tone == first }) else { return .neutral }
        return first
    }

    /// None of its outcomes is named in the flow.
    package var isLeftOut: Bool { labels.allSatisfy(\.isLeftOut) }
}
