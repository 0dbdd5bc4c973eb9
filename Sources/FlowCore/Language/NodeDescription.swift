/// All that is known of a node type.
///
/// A class, as each node of a flow has it: one reference to copy.
package final class NodeDescription: Sendable {
    /// What `type` says in a flow file.
    package let type: String
    /// One sentence.
    package let summary: String
    package let fields: [Field]
    package let outcomes: [Outcome]
    package let values: [ValueDescription]
    /// Whether it rings somebody: what leads to it is on the call path.
    package let dials: Bool
    /// The URLs in its documents, beside the action.
    package let callbacks: [CallbackDescription]
    /// What Plivo can report while the node is awaited.
    package let plays: [PlayStep]
    /// The notes that it adds to a run.
    package let notes: [NoteKind]
    /// Names of values, and their other names, to their places in ``values``.
    private let valuePlaces: [String: Int]
    /// How many parts, between dots, the longest name of a value has.
    let mostNameParts: Int

    package init(
        type: String,
        summary: String,
        fields: [Field],
        outcomes: [Outcome],
        values: [ValueDescription],
        dials: Bool = false,
        callbacks: [CallbackDescription] = [],
        plays: [PlayStep] = [],
        notes: [NoteKind] = []
    ) {
        self.type = type
        self.summary = summary
        self.fields = fields
        self.outcomes = outcomes
        self.values = values
        self.dials = dials
        self.callbacks = callbacks
        self.plays = plays
        self.notes = notes
        let named = values.enumerated().flatMap { place, value in
            ([value.name] + value.aliases).map { ($0, place) }
        }
        valuePlaces = Dictionary(named) { first, _ in first }
        mostNameParts = named.map { name, _ in name.split(separator: ".").count }.max() ?? 0
    }

    /// The place of an outcome in ``outcomes``.
    package func outcome(_ name: String) -> Int? { outcomes.indices.first { outcomes[$0].name == name } }

    /// Whether it asks an app server.
    package var requests: Bool { type == "http_request" }

    package func callback(_ name: String) -> CallbackDescription? { callbacks.first { $0.name == name } }

    /// The index of a value in ``values``, by its name or another name for it.
    package func value(_ name: String) -> Int? { valuePlaces[name] }
}
