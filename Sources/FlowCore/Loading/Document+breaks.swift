import FlowDocument

extension Document {
    /// The document without the line breaks that end YAML's block scalars (`|`, `>`); fields that keep theirs keep them.
    ///
    /// A body is sent as it is written. Everywhere else a break at the end is part of no name, number, URL or header:
    /// YAML put it there.
    ///
    /// - Parameter describe: the description of a node type, by its name.
    func withoutLastBreaks(_ describe: (String) -> NodeDescription?) -> Document {
        guard root.holdsBlockScalar else { return self }
        var document = self
        document.root.changeEntries { head in
            guard head.key.text == FlowHead.nodes.name else { return head.value.dropLastBreaks() }
            head.value.changeEntries { node in
                let type = node.value[NodeKeys.type]?.text?.trimmed
                let fields = type.flatMap(describe)?.fields ?? []
                node.value.changeEntries { entry in
                    let field = fields.first { $0.name == entry.key.text }
                    if field?.keepsLastBreak != true { entry.value.dropLastBreaks() }
                }
            }
        }
        return document
    }
}

extension Value {
    fileprivate var holdsBlockScalar: Bool {
        switch content {
        case .scalar(let scalar): scalar.style == .literal || scalar.style == .folded
        case .list(let items): items.indices.contains { items[$0].holdsBlockScalar }
        case .mapping(let entries): entries.indices.contains { entries[$0].value.holdsBlockScalar }
        }
    }

    fileprivate mutating func changeEntries(_ change: (inout Entry) -> Void) {
        guard case .mapping(var entries) = content else { return }
        for index in entries.indices where entries[index].value.holdsBlockScalar { change(&entries[index]) }
        content = .mapping(entries)
    }

    fileprivate mutating func dropLastBreaks() {
        switch content {
        case .scalar(var scalar):
            guard scalar.style == .literal || scalar.style == .folded else { return }
            let breaks = scalar.text.utf8.reversed().prefix { $0 == 0x0A }.count
            scalar.text = String(scalar.text.unicodeScalars.dropLast(breaks))
            content = .scalar(scalar)
        case .list(var items):
            for index in items.indices { items[index].dropLastBreaks() }
            content = .list(items)
        case .mapping: changeEntries { $0.value.dropLastBreaks() }
        }
    }
}
