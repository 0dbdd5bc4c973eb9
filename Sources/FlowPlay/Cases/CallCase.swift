package import FlowCore
package import FlowDocument

/// A call or message written down: what Plivo sends, what app servers answer, and what must come out.
package struct CallCase: Sendable {
    package var name: String
    package var kind: RunID.Kind
    /// What Plivo sends as it begins; `From` and `To` among it.
    package var parameters: Parameters
    /// When it begins; nil for the player's usual time.
    package var at: Timestamp?
    package var steps: [CaseStep]
    /// What app servers answer, by node.
    package var answers: [NodeAnswers]
    package var expected: ExpectedEnd
    /// Where the case stands in its file.
    package var span: Span

    package init(
        name: String,
        kind: RunID.Kind = .call,
        parameters: Parameters,
        steps: [CaseStep] = [],
        answers: [NodeAnswers] = [],
        expected: ExpectedEnd = ExpectedEnd(),
        span: Span = .start
    ) {
        self.name = name
        self.kind = kind
        self.parameters = parameters
        self.steps = steps
        self.answers = answers
        self.expected = expected
        self.span = span
    }
}

/// One line of a case's `steps`.
package struct CaseStep: Sendable {
    package enum Action: Sendable {
        /// What Plivo was told last has to look like this.
        case expect(AnswerPattern)
        case incident(Incident)
        /// Nothing happens for so many seconds.
        case wait(Int)
        /// The last webhook comes once more.
        case again
    }

    package var action: Action
    /// When a recorded call came to it; nil in a case that somebody wrote.
    package var at: Timestamp?
    package var span: Span

    package init(_ action: Action, at: Timestamp? = nil, span: Span = .start) {
        self.action = action
        self.at = at
        self.span = span
    }
}

/// What app servers answer to one node's requests, one attempt after the other.
package struct NodeAnswers: Sendable {
    package var node: String
    package var answers: [ScriptedAnswer]
    /// Whether the one answer stands for every attempt: it was not written as a list.
    package var repeats: Bool
    package var span: Span

    package init(node: String, answers: [ScriptedAnswer], repeats: Bool = false, span: Span = .start) {
        self.node = node
        self.answers = answers
        self.repeats = repeats
        self.span = span
    }
}
