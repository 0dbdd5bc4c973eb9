import FlowCore

/// What the reference says about a node type, or about the top of a flow file, whatever it is printed on.
///
/// Everything comes from the descriptions that flowd itself reads by; no node type is known here by name.
struct ReferenceEntry {
    /// One key; a key inside a group has the group's name before its own: `screening.key`.
    struct Key {
        let name: String
        let takes: String
        /// `required`, the default, or nil where the key may be left out and nothing stands for it.
        let without: String?
        let summary: String
        let example: String?
    }

    /// Values that are set after the same outcomes.
    struct ValueGroup {
        /// nil for values that are set whatever the outcome is.
        let outcomes: [String]?
        var values: [ValueDescription]
    }

    let name: String
    let summary: String
    let keys: [Key]
    let outcomes: [Outcome]
    let events: [EventDescription]
    let values: [ValueGroup]
    /// YAML; nil where the keys say it all.
    let example: String?
    /// Whether what leads to the node is on the call path.
    let dials: Bool

    init(_ node: NodeDescription) {
        name = node.type
        summary = node.summary
        keys = Self.keys(node.fields)
        outcomes = node.outcomes
        events = node.events
        values = Self.groups(node.values)
        dials = node.dials
        example = Self.example(node)
    }

    /// The keys of a flow file outside its nodes.
    private init(head: [Field]) {
        name = "flow"
        summary = "The top of a flow file, above its nodes."
        keys = Self.keys(head)
        outcomes = []
        events = []
        values = []
        example = nil
        dials = false
    }

    /// The name that the example gives to its node.
    var nodeName: String { Self.nodeName(name) }

    /// A value for showing how templates read one; empty where there is none.
    var firstValue: String { values.first?.values.first?.name ?? "" }

    /// The flow itself, then every node type, in the order of the reference.
    static var all: [ReferenceEntry] {
        [ReferenceEntry(head: FlowHead.fields)] + NodeTypes.all.map { ReferenceEntry($0.description) }
    }

    // MARK: Parts

    private static func keys(_ fields: [Field], below prefix: String = "") -> [Key] {
        fields.flatMap { field in
            let words = FieldWords(field)
            let key = Key(
                name: prefix + field.name,
                takes: words.takes,
                without: words.without,
                summary: field.summary,
                example: field.example
            )
            return [key] + keys(words.parts, below: prefix + words.prefix)
        }
    }

    private static func groups(_ values: [ValueDescription]) -> [ValueGroup] {
        var groups: [ValueGroup] = []
        for value in values {
            if let index = groups.firstIndex(where: { $0.outcomes == value.outcomes }) {
                groups[index].values.append(value)
            } else {
                groups.append(ValueGroup(outcomes: value.outcomes, values: [value]))
            }
        }
        return groups
    }

    /// `CallForward` for `call_forward`.
    private static func nodeName(_ type: String) -> String {
        type.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    /// The node with its required keys and every key that has an example.
    private static func example(_ node: NodeDescription) -> String {
        var lines = ["\(nodeName(node.type)):", "  type: \(node.type)"]
        for field in node.fields {
            if let example = field.example { lines.append("  \(field.name): \(example)") }
        }
        lines.append("  transitions:")
        let outcomes = node.outcomes.filter { !$0.needsKeys }
        lines += (node.exampleChoices + outcomes.map(\.name)).map { "    \($0): end" }
        return lines.map { $0 + "\n" }.joined()
    }
}

extension EventDescription {
    /// What templates can read of it, each in backquotes.
    var parameterWords: String { parameters.map { "`\($0.name)`" }.joined(separator: ", ") }
}

extension ValueDescription {
    /// The kind in words; nil for a plain text.
    var kindWords: String? {
        switch kind {
        case .text: nil
        case .number: "number"
        case .phoneNumber: "phone number"
        case .time: "time"
        case .open: "its parts by name, `\(name).<part>`"
        }
    }
}
