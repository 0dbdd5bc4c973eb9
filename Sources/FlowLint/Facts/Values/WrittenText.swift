import FlowCore
import FlowDocument

/// A text of a file, with the key that it stands behind and what that key is for.
struct WrittenText {
    let text: String
    let value: Value
    /// The innermost key; empty for a text without one.
    let key: String
    /// Those of the field that the text belongs to; none above the nodes, and behind an unknown key.
    let roles: FieldRoles
    /// The node that has it behind one of its keys; nil above the nodes.
    let node: FlowNode?

    /// Every text of a file, keys, transitions and types aside.
    static func all(in subject: Subject) -> [WrittenText] {
        var walk = Walk()
        for entry in subject.document.root.entries ?? [] where entry.key.text != FlowHead.nodes.name {
            walk.add(entry.value, key: entry.key.text, field: nil, node: nil)
        }
        for node in subject.flow.nodes {
            guard let entries = node.source.entries else {
                walk.add(node.source, key: node.name, field: nil, node: nil)
                continue
            }
            for entry in entries where !NodeKeys.routes.contains(entry.key.text) {
                let field = node.description.field(named: entry.key.text)
                walk.add(entry.value, key: entry.key.text, field: field, node: node)
            }
        }
        return walk.texts
    }

    private struct Walk {
        var texts: [WrittenText] = []

        mutating func add(_ value: Value, key: String, field: Field?, node: FlowNode?) {
            switch value.content {
            case .scalar(let scalar):
                let roles = field?.roles ?? []
                texts.append(WrittenText(text: scalar.text, value: value, key: key, roles: roles, node: node))
            case .list(let items):
                for item in items { add(item, key: key, field: field, node: node) }
            case .mapping(let entries):
                // By index: a look at an entry must not copy it.
                for index in entries.indices {
                    let own = field?.fields.first { $0.name == entries[index].key.text }
                    add(entries[index].value, key: entries[index].key.text, field: own ?? field, node: node)
                }
            }
        }
    }
}
