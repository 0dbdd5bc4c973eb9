/// One step of a flow.
///
/// A node type is one file in this folder and one line in ``NodeTypes``. The file says everything there is to say of
/// the type: its keys, its outcomes, the values it gives, and what it does when a run comes to it and when what it
/// waits for has happened. The reader, the linter, the JSON Schema and the reference read the same description.
package protocol Node: Sendable {
    static var description: NodeDescription { get }

    /// Reads the node's keys; `reader` reports what is wrong with them.
    init(_ reader: FieldReader)

    /// What happens as a run comes to the node.
    func enter(_ visit: inout Visit) -> Progress

    /// What happens as an event arrives for which the node waits; nil if it does not concern it.
    func resume(_ event: Event, _ visit: inout Visit) -> Progress?

    /// The one line that says what this node does, for a picture: its number, its URL.
    var headline: String { get }
}

extension Node {
    package func resume(_ event: Event, _ visit: inout Visit) -> Progress? { nil }
    package var headline: String { "" }
}

/// What a node wants to happen next.
package enum Progress: Sendable {
    /// The node is done: on along the transition of an outcome, by its place in the type's list.
    case outcome(Int)
    /// Plivo is told to dial, and the run waits for the result.
    case dial(Dial, AwaitedDial)
    /// A request whose answer decides what the caller hears: Plivo waits.
    case request(OutboundRequest)
    /// A request that is delivered off the call path; the run waits for its end, or goes on by `then`.
    case deliver(OutboundRequest, attempts: Int?, then: Int?)
}

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
        dials: Bool = false
    ) {
        self.type = type
        self.summary = summary
        self.fields = fields
        self.outcomes = outcomes
        self.values = values
        self.dials = dials
        let named = values.enumerated().flatMap { place, value in
            ([value.name] + value.aliases).map { ($0, place) }
        }
        valuePlaces = Dictionary(named) { first, _ in first }
        mostNameParts = named.map { name, _ in name.split(separator: ".").count }.max() ?? 0
    }

    /// The place of an outcome in ``outcomes``.
    package func outcome(_ name: String) -> Int? { outcomes.indices.first { outcomes[$0].name == name } }

    /// The place of a value in ``values``, by its name or another name for it.
    func value(_ name: String) -> Int? { valuePlaces[name] }
}

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

/// A value that templates can read once its node has run.
package struct ValueDescription: Sendable {
    package enum Kind: Sendable {
        case text, number, phoneNumber, time
        /// Anything below it: the parts of a JSON answer, parameters by name.
        case open
    }

    /// Behind the node's name, with dots: `call.from`.
    package let name: String
    package let kind: Kind
    package let summary: String
    /// Other names for it.
    package let aliases: [String]
    /// The outcomes after which it can hold something; nil for all.
    package let outcomes: [String]?
    package var isOpen: Bool {
        guard case .open = kind else { return false }
        return true
    }

    package init(
        _ name: String,
        _ kind: Kind = .text,
        aliases: [String] = [],
        after outcomes: [String]? = nil,
        _ summary: String
    ) {
        self.name = name
        self.kind = kind
        self.aliases = aliases
        self.outcomes = outcomes
        self.summary = summary
    }
}
