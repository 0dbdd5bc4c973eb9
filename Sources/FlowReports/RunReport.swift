import FlowCore
import FlowStore

/// All that is known of a run.
package struct RunReport: Encodable, Hashable, Sendable {
    package struct Step: Encodable, Hashable, Sendable {
        package var node: String
        /// nil while the node is under way.
        package var outcome: String?
        package var at: String

        enum CodingKeys: String, CodingKey {
            case node, outcome, at
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(node, forKey: .node)
            try container.encode(outcome, forKey: .outcome)
            try container.encode(at, forKey: .at)
        }
    }

    /// The event that a side run began by.
    package struct Origin: Encodable, Hashable, Sendable {
        /// The id of the run that the event is of.
        package var run: String
        package var node: String
        package var event: String
    }

    package struct Report: Encodable, Hashable, Sendable {
        package var id: String
        package var node: String
        package var state: String
        package var attempts: [DeliveryReport.Attempt]
    }

    package var summary: RunSummary
    package var path: [Step]
    /// Every leg that was dialled, in the order of the path.
    package var legs: [LegReport]
    /// What the flow's variables hold, by name; empty where the flow is no longer known.
    package var variables: [String: String]
    package var notes: [String]
    package var deliveries: [Report]
    /// Of a side run the node and the event that it began by; nil for others.
    package var beganBy: Origin?
    /// Other runs of the same call and its side runs, the oldest first.
    package var related: [RunSummary]

    /// - Parameter names: of the version that the run is on.
    package init(_ found: FoundRun, names: NodeNames) {
        let run = found.run
        summary = RunSummary(run)
        beganBy = run.origins.last.map { Origin(run: $0.parent.text, node: names.node($0.node), event: $0.event) }
        path = run.path.map { step in
            Step(
                node: names.node(step.node),
                outcome: step.outcome.map { names.outcome($0, of: step.node) },
                at: step.at.iso8601
            )
        }
        legs = run.path.flatMap { step in LegReport.all(in: step.details, node: names.node(step.node)) }
        let declared = names.flow?.variables ?? []
        variables = Dictionary(
            declared.enumerated().compactMap { index, variable in
                names.flow.map { (variable.name, run.variable(index, of: $0).rendered) }
            }
        ) { first, _ in first }
        notes = run.notes.map { $0.text(in: names.flow) }
        self.deliveries =
            found.deliveries
            .filter { $0.key.flow == run.flow && $0.key.version == run.version }
            .sorted { ($0.createdAt, $0.id.text) < ($1.createdAt, $1.id.text) }
            .map { delivery in
                Report(
                    id: delivery.id.text,
                    node: names.node(delivery.key.node),
                    state: delivery.state.name,
                    attempts: delivery.attempts.map(DeliveryReport.Attempt.init)
                )
            }
        related = found.related.map(RunSummary.init)
    }

    enum CodingKeys: String, CodingKey {
        case path, legs, notes, deliveries, related
        case variables = "vars"
        case beganBy = "began_by"
    }

    package func encode(to encoder: any Encoder) throws {
        try summary.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(path, forKey: .path)
        try container.encode(legs, forKey: .legs)
        if !variables.isEmpty { try container.encode(variables, forKey: .variables) }
        try container.encode(notes, forKey: .notes)
        try container.encode(deliveries, forKey: .deliveries)
        try container.encodeIfPresent(beganBy, forKey: .beganBy)
        try container.encode(related, forKey: .related)
    }
}
