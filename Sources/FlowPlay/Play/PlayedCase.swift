package import FlowCore
package import FlowStore

/// What came of playing a case.
package struct PlayedCase: Sendable {
    package var item: CallCase
    package var failures: [CaseFailure]
    package var moments: [Moment]
    /// nil where no run began.
    package var run: Run?
    package var deliveries: [Delivery]
    /// The effects of each step, so that the adversary can play the case in another order.
    package var effects: [StepEffect]

    package var hasPassed: Bool { failures.isEmpty }

    /// The way the run went, as people write it.
    package func path(in flow: Flow) -> String { run.map { PathText($0, in: flow).text } ?? "" }

    /// `finished`, `failed`, `delivering`, `running` or `rejected`.
    package var outcome: String { run.map { "\($0.status)" } ?? "rejected" }
}

/// What one step of a case led to.
package struct StepEffect: Hashable, Sendable {
    /// Whether Plivo was told something that it reports the end of.
    package var isAwaited = false
    /// Whether an app server was asked while Plivo waited.
    package var asked = false

    package init(isAwaited: Bool = false, asked: Bool = false) {
        self.isAwaited = isAwaited
        self.asked = asked
    }
}

/// What must be the same however the events of a call came.
package struct Ledger: Hashable, Sendable {
    package var path: String
    package var outcome: String
    /// Each delivery's id and how it ended, in the order of the ids.
    package var deliveries: [String]

    package init(_ played: PlayedCase, in flow: Flow) {
        path = played.path(in: flow)
        outcome = played.outcome
        deliveries = played.deliveries.map { "\($0.id) \($0.state)" }.sorted()
    }
}
