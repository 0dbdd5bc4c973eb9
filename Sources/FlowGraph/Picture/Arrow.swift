package import FlowCore

/// Where outcomes, or events, of one box lead: those with the same target are one arrow.
package struct Arrow: Hashable, Sendable {
    /// An outcome or event on the arrow.
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
    /// Side runs begin by it: its labels are events, not outcomes.
    package var isEvent: Bool

    package init(from: Int, to: Int, labels: [Label], isEvent: Bool = false) {
        self.from = from
        self.to = to
        self.labels = labels
        self.isEvent = isEvent
    }

    /// The outcomes' mood if it is the same for all.
    package var tone: Outcome.Tone {
        guard let first = labels.first?.tone, labels.allSatisfy({ $0.tone == first }) else { return .neutral }
        return first
    }

    /// None of its outcomes is named in the flow.
    package var isLeftOut: Bool { labels.allSatisfy(\.isLeftOut) }
}
