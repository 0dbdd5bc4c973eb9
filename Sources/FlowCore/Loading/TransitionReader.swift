import FlowDocument

/// Reads a node's `transitions`: an outcome each to a node or to `end`, or one name for all.
struct TransitionReader {
    private let scope: FlowScope
    private let node: Key
    private let value: Value?
    /// Whether there is no `transitions`, but a key that was probably meant to be it, or an alias that may hold it.
    private let isElsewhere: Bool
    /// Nil where it is unknown, and so its outcomes.
    private let description: NodeDescription?

    init(_ entry: Entry, _ description: NodeDescription?, in scope: FlowScope) {
        self.scope = scope
        node = entry.key
        self.description = description
        value = entry.value["transitions"]
        isElsewhere = scope.document.hasGaps || value == nil && Self.isMistyped(in: entry.value)
    }

    private static func isMistyped(in node: Value) -> Bool {
        guard let entries = node.entries else { return false }
        return entries.indices.contains { place in
            let key = entries[place].key.text
            return key.utf8.first.map { $0 | 0x20 } == UInt8(ascii: "t") && nearMiss(key, among: ["transitions"]) != nil
        }
    }

    /// The node, for messages.
    private var owner: KeyOwner { .node(type: description?.type, name: node.text) }

    func read() -> [Transition] {
        guard let value, value.scalar?.style != .absent else {
            // The key or the alias has its finding, and where the node leads is not known.
            return all(Transition(isElsewhere ? .dangling : .omitted, span: node.span, keySpan: node.span))
        }
        if let name = value.text {
            return all(Transition(target(name, at: value.span), span: value.span, keySpan: value.span))
        }
        guard let entries = value.entries else {
            scope.report(
                .wrongType,
                "\"transitions\" of \(owner) wants a node's name, or outcomes with names, and \(value.kind) is none",
                at: value.span
            )
            return all(Transition(.omitted, span: value.span, keySpan: value.span))
        }
        var transitions = all(Transition(.omitted, span: value.span, keySpan: node.span))
        for index in entries.indices { read(entries[index], into: &transitions) }
        return transitions
    }

    /// The same for every outcome.
    private func all(_ transition: Transition) -> [Transition] {
        description?.outcomes.map { _ in transition } ?? []
    }

    private func read(_ entry: Entry, into transitions: inout [Transition]) {
        let place = description?.outcome(entry.key.text)
        if let description, place == nil { reportOutcome(entry.key, description.outcomes.map(\.name)) }
        guard case .scalar(let scalar) = entry.value.content else {
            scope.report(
                .wrongType,
                "transition \"\(entry.key.text)\" of \(owner) wants a node's name",
                at: entry.value.span
            )
            return
        }
        let target = target(scalar.text, at: entry.value.span, outcome: entry.key.text)
        guard let place else { return }
        transitions[place] = Transition(target, span: entry.value.span, keySpan: entry.key.span)
    }

    private func reportOutcome(_ key: Key, _ names: [String]) {
        scope.report(
            .unknownOutcome,
            "\"\(key.text)\" is not an outcome of \(owner). outcomes are \(names.joined(separator: ", "))",
            at: key.span,
            help: guess(key.text, among: names)
        )
    }

    private func target(_ name: String, at span: Span, outcome: String? = nil) -> Transition.Target {
        if name == "end" { return .end }
        if let place = scope.places[name] { return .node(place) }
        if !scope.isBeyondLimit(name) { reportTarget(name, at: span, outcome) }
        return .dangling
    }

    /// Says why a name is no target.
    private func reportTarget(_ name: String, at span: Span, _ outcome: String?) {
        let what = outcome.map { "transition \"\($0)\" of \(owner)" } ?? "\"transitions\" of \(owner)"
        if TemplateParser.hasMarks(name) {
            scope.report(.templateNotAllowed, "templates are not allowed in \(what)", at: span)
        } else if name.isEmpty {
            scope.report(
                .missingKey,
                "\(what) names no node",
                at: span,
                help: ["write \"end\" to end the run there"]
            )
        } else {
            scope.report(
                .danglingTransition,
                "\(what) goes to \"\(name)\", which does not exist",
                at: span,
                help: scope.nodeGuess(name, among: scope.nodeNames + ["end"])
            )
        }
    }
}
