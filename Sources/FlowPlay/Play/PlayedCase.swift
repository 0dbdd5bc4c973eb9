package import FlowCore
package import FlowStore

/// What came of playing a case.
package struct PlayedCase: Sendable {
    package var item: CallCase
    package var failures: [CaseFailure]
    package var moments: [Moment]
    /// nil where no run began.
    package var run: Run?
    /// The side runs that events began, in their order.
    package var sideRuns: [Run] = []
    package var deliveries: [Delivery]
    /// The effects of each step, so that the adversary can play the case in another order.
    package var effects: [StepEffect]

    package var hasPassed: Bool { failures.isEmpty }

    /// The way the run went, as people write it.
    package func path(in flow: Flow) -> String { run.map { PathText($0, in: flow).text } ?? "" }

    /// The way of each side run, behind the event that it began by: `Forward.recording: Save -> end`.
    package func sidePaths(in flow: Flow) -> [String] {
        sideRuns.map { "\($0.eventText(in: flow)): \(PathText($0, in: flow).text)" }
    }

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
    /// Side runs begin in the order in which their events come.
    package var sideRuns: [String]
    /// Each delivery's id and how it ended, in the order of the ids.
    package var deliveries: [String]

    package init(_ played: PlayedCase, in flow: Flow) {
        path = played.path(in: flow)
        outcome = played.outcome
        sideRuns = played.sidePaths(in: flow).sorted()
        deliveries = played.deliveries.map { "\($0.id) \($0.state)" }.sorted()
    }
}

extension Run {
    /// Of a side run the event that it began by, with the node before it: `Forward.recording`.
    package func eventText(in flow: Flow) -> String {
        guard let origin = origins.last else { return "" }
        let node = flow.nodes.indices.contains(origin.node) ? flow.nodes[origin.node].name : "#\(origin.node)"
        return "\(node).\(origin.event)"
    }
}
