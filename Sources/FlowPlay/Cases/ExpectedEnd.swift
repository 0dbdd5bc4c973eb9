package import FlowDocument

/// What must have come out when a case is over.
///
/// What is nil, or not named, may be anything.
package struct ExpectedEnd: Sendable {
    package var path: Expected<PathText>?
    /// `finished`, `failed`, `delivering`, `running`, or `rejected` where no run began.
    package var outcome: Expected<String>?
    /// The requests that were made; empty for none at all.
    package var requests: [ExpectedRequest]?
    package var values: [ExpectedValue]
    /// Texts that one of the run's notes has to hold.
    package var notes: [Expected<String>]
    /// The side runs that events began, in their order; empty for none at all.
    package var sideRuns: [ExpectedSideRun]?

    package init(
        path: Expected<PathText>? = nil,
        outcome: Expected<String>? = nil,
        requests: [ExpectedRequest]? = nil,
        values: [ExpectedValue] = [],
        notes: [Expected<String>] = [],
        sideRuns: [ExpectedSideRun]? = nil
    ) {
        self.path = path
        self.outcome = outcome
        self.requests = requests
        self.values = values
        self.notes = notes
        self.sideRuns = sideRuns
    }

    /// The words of ``outcome``.
    package static let outcomes = ["finished", "failed", "delivering", "running", "rejected"]
}

/// A side run that must have begun.
package struct ExpectedSideRun: Sendable {
    /// Node and event: `Forward.recording`.
    package var event: Expected<String>
    package var path: Expected<PathText>?
    package var outcome: Expected<String>?

    package init(_ event: Expected<String>, path: Expected<PathText>? = nil, outcome: Expected<String>? = nil) {
        self.event = event
        self.path = path
        self.outcome = outcome
    }
}

/// Something expected, and where that was written.
package struct Expected<Content: Sendable>: Sendable {
    package var content: Content
    package var span: Span

    package init(_ content: Content, span: Span = .start) {
        self.content = content
        self.span = span
    }
}

/// `Forward.status: busy`.
package struct ExpectedValue: Sendable {
    /// As it was written: `Lookup.response.items[0]`.
    package var name: String
    package var text: String
    package var span: Span

    package init(name: String, text: String, span: Span = .start) {
        self.name = name
        self.text = text
        self.span = span
    }
}

/// A request that must have been made; of its parts only those that are named are looked at.
package struct ExpectedRequest: Sendable {
    package var node: String
    package var method: Expected<String>?
    package var url: Expected<String>?
    package var headers: [ExpectedValue]
    /// The parameters of the URL's query.
    package var params: [ExpectedValue]
    /// A text, or parts of a form or of JSON.
    package var body: Value?
    /// How often it was sent.
    package var attempts: Expected<Int>?
    package var span: Span

    package init(node: String, body: Value? = nil, span: Span = .start) {
        self.node = node
        self.body = body
        self.span = span
        headers = []
        params = []
    }
}
