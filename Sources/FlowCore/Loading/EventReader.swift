import FlowDocument

/// Reads a node's `events`: for each the node where a side run begins.
struct EventReader {
    private let scope: FlowScope
    private let description: NodeDescription
    private let node: Key
    private let entry: Entry?

    init(_ entry: Entry, _ description: NodeDescription, in scope: FlowScope) {
        self.scope = scope
        self.description = description
        node = entry.key
        self.entry = description.events.isEmpty ? nil : entry.value.entry(NodeKeys.events)
    }

    /// The node, for messages.
    private var owner: KeyOwner { .node(type: description.type, name: node.text) }

    /// - Returns: by event, in the order of the type's events; and whether a side run may begin where it cannot be told.
    func read() -> (events: [Transition], isUnclear: Bool) {
        let none = Transition(.omitted, span: entry?.value.span ?? node.span, keySpan: entry?.key.span ?? node.span)
        var events = description.events.map { _ in none }
        guard let value = entry?.value, value.scalar?.style != .absent else { return (events, false) }
        guard let entries = value.entries else {
            scope.report(
                .wrongType,
                "expected events with names of nodes in \"events\" of \(owner), found \(value.quoted)",
                at: value.span,
                help: ["write \"\(description.events[0].name): \(value.text ?? "Node")\" below \"events\""]
            )
            return (events, true)
        }
        var isUnclear = false
        for index in entries.indices {
            let isClear = read(entries[index], into: &events)
            isUnclear = isUnclear || !isClear
        }
        return (events, isUnclear)
    }

    /// - Returns: whether event and node are known.
    private func read(_ entry: Entry, into events: inout [Transition]) -> Bool {
        let names = description.events.map(\.name)
        let event = names.firstIndex(of: entry.key.text)
        if event == nil { reportEvent(entry.key, names) }
        guard let name = entry.value.text else {
            scope.report(
                .wrongType,
                "expected a node's name for event \"\(entry.key.text)\" of \(owner), found \(entry.value.kind)",
                at: entry.value.span
            )
            return false
        }
        let what = "event \"\(entry.key.text)\" of \(owner)"
        let target = TransitionTarget(scope: scope).named(name, in: entry.value, what: what, mayEnd: false)
        guard let event else { return false }
        events[event] = Transition(target, span: entry.value.span, keySpan: entry.key.span)
        return target != .dangling
    }

    private func reportEvent(_ key: Key, _ names: [String]) {
        scope.report(
            .unknownOutcome,
            "\"\(key.text)\" is not an event of \(owner). events are \(names.joined(separator: ", "))",
            at: key.span,
            fixes: guess(key.text, among: names) { scope.document.edit(key, to: $0) }
        )
    }
}
