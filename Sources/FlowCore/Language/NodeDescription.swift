/// All that is known of a node type.
///
/// A class, as each node of a flow has it: one reference to copy.
package final class NodeDescription: Sendable {
    /// What a node does, for those who know no type.
    package struct Traits: OptionSet, Hashable, Sendable {
        package let rawValue: UInt16

        package init(rawValue: UInt16) {
            self.rawValue = rawValue
        }

        /// Runs begin here.
        package static let begins = Traits(rawValue: 1 << 0)
        /// A caller hears or answers it: what leads to it is on the call path.
        package static let holdsCaller = Traits(rawValue: 1 << 1)
        /// It rings somebody: it has dial targets, and its good outcome is that somebody answered.
        package static let dials = Traits(rawValue: 1 << 2)
        /// It sends a request to an app server.
        package static let requests = Traits(rawValue: 1 << 3)
        /// It uses Plivo's API with the account's credentials.
        package static let callsPlivo = Traits(rawValue: 1 << 4)
        /// It ends the call: what follows it has no caller, however the run goes on.
        package static let endsCall = Traits(rawValue: 1 << 6)
        /// Stands in for a type that nobody knows, in a flow with errors.
        package static let isUnknown = Traits(rawValue: 1 << 5)
        /// It goes on at once, by values or by the time: no player can choose its outcome.
        package static let decides = Traits(rawValue: 1 << 8)
        /// Time passes in it, and nobody has to do anything for that.
        package static let takesTime = Traits(rawValue: 1 << 9)
    }

    /// What `type` says in a flow file.
    package let type: String
    /// One sentence.
    package let summary: String
    package let fields: [Field]
    package let outcomes: [Outcome]
    /// What templates can read; the last is ``eventValue`` where the type has events.
    package let values: [ValueDescription]
    package let traits: Traits
    /// The URLs in its documents, beside the action.
    package let callbacks: [CallbackDescription]
    /// What Plivo can report of the node.
    package let plays: [PlayStep]
    /// What Plivo reports by which side runs can begin.
    package let events: [EventDescription]
    /// The notes that it adds to a run.
    package let notes: [NoteKind]
    /// Keys of `transitions` that an author would choose, for the example; none where the type has all outcomes.
    package let exampleChoices: [String]
    /// What other tools call it, in lower-case letters and digits alone: `connectcallto`.
    let otherNames: [String]
    /// The settings that hold where the file says nothing, those below groups included.
    private let defaults: [Setting]
    /// Names of values, and their other names, to their indices in ``values``.
    private let valueIndices: [String: Int]
    /// How many parts, between dots, the longest name of a value has.
    let mostNameParts: Int
    /// Plivo's parameters that can hold what a caller entered and nobody may see; empty for a type without such nodes.
    package let sensitiveParameters: Set<String>

    package init(
        type: String,
        summary: String,
        fields: [Field],
        outcomes: [Outcome],
        values: [ValueDescription],
        traits: Traits = [],
        callbacks: [CallbackDescription] = [],
        plays: [PlayStep] = [],
        events: [EventDescription] = [],
        notes: [NoteKind] = [],
        exampleChoices: [String] = [],
        otherNames: [String] = []
    ) {
        self.type = type
        self.summary = summary
        self.fields = fields
        self.outcomes = outcomes
        let values = events.isEmpty ? values : values + [Self.eventValue(of: events)]
        self.values = values
        self.events = events
        self.traits = traits
        self.callbacks = callbacks
        self.plays = plays
        self.notes = notes
        self.exampleChoices = exampleChoices
        self.otherNames = otherNames
        defaults = Self.defaults(of: fields, prefix: "")
        let named = values.enumerated().flatMap { index, value in
            ([value.name] + value.aliases).map { ($0, index) }
        }
        valueIndices = Dictionary(named) { first, _ in first }
        let canBeSensitive = fields.contains { $0.roles.contains(.sensitive) }
        sensitiveParameters = canBeSensitive ? Set(plays.filter { !$0.isBare }.map(\.parameter)) : []
        mostNameParts = named.map { name, _ in name.split(separator: ".").count }.max() ?? 0
    }

    package var begins: Bool { traits.contains(.begins) }
    package var dials: Bool { traits.contains(.dials) }
    package var holdsCaller: Bool { traits.contains(.holdsCaller) }
    package var requests: Bool { traits.contains(.requests) }
    package var isUnknown: Bool { traits.contains(.isUnknown) }

    package func field(named name: String) -> Field? { fields.first { $0.name == name } }

    /// The index of an outcome in ``outcomes``.
    package func outcome(_ name: String) -> Int? { outcomes.indices.first { outcomes[$0].name == name } }

    package func callback(_ name: String) -> CallbackDescription? { callbacks.first { $0.name == name } }

    /// The index of the first good outcome.
    package var goodOutcome: Int? { outcomes.indices.first { outcomes[$0].tone == .good } }

    /// The index of a value in ``values``, by its name or another name for it.
    package func value(_ name: String) -> Int? { valueIndices[name] }

    /// The index in ``values`` of what Plivo said with the event that a side run began by; nil for a type without events.
    ///
    /// A run keeps it apart from the node's other values: see ``Run/origins``.
    package var eventValue: Int? { events.isEmpty ? nil : values.count - 1 }

    private static func eventValue(of events: [EventDescription]) -> ValueDescription {
        let parameters = events.flatMap(\.parameters)
        return ValueDescription(
            eventValueName,
            .open,
            roles: .fromCaller,
            parts: Dictionary(parameters.map { ($0.name, $0.roles) }) { $0.union($1) },
            "In a side run: what Plivo said with the event, any parameter by its name."
        )
    }

    package static let eventValueName = "event"

    // MARK: Settings

    /// What holds for a node: what the file says, and the defaults of what it leaves out.
    ///
    /// The keys of a group have defaults only where the file has the group.
    func settings(written: [Setting]) -> [Setting] {
        var settings = written
        for index in defaults.indices {
            let (field, key) = (defaults[index].field, defaults[index].key)
            if written.indices.contains(where: { written[$0].field === field }) { continue }
            if let dot = key.lastIndex(of: "."), !written.indices.contains(where: { written[$0].key == key[..<dot] }) {
                continue
            }
            settings.append(defaults[index])
        }
        return settings
    }

    private static func defaults(of fields: [Field], prefix: String) -> [Setting] {
        fields.flatMap { field in
            let key = prefix + field.name
            let own = Setting(defaultOf: field, key: key).map { [$0] } ?? []
            return own + defaults(of: field.fields, prefix: key + ".")
        }
    }
}
