import FlowDocument

/// Reads a node's `transitions`: an outcome each to a node or to `end`, or one name for all.
struct TransitionReader {
    private let scope: FlowScope
    private let node: Key
    private let value: Value?
    private let outcomes: [Outcome]
    /// Nil where it is unknown, and so its outcomes.
    private let type: String?

    init(_ entry: Entry, _ description: NodeDescription?, in scope: FlowScope) {
        self.scope = scope
        node = entry.key
        type = description?.type
        value = entry.value["transitions"]
        outcomes = description?.outcomes ?? []
    }

    /// The node, for messages.
    private var owner: String { type.map { "\($0) \"\(node.text)\"" } ?? "\"\(node.text)\"" }

    func read() -> [Transition] {
        guard let value, value.scalar?.style != .absent else {
            return outcomes.map { _ in Transition(.omitted, span: node.span, keySpan: node.span) }
        }
        if value.scalar != nil {
            let target = target(value)
            return outcomes.map { _ in Transition(target, span: value.span, keySpan: value.span) }
        }
        guard let entries = value.entries else {
            scope.report(
                .wrongType,
                "\"transitions\" of \(owner) wants a node's name, or outcomes with names, and \(value.kind) is none",
                at: value.span
            )
            return outcomes.map { _ in Transition(.omitted, span: value.span, keySpan: value.span) }
        }
        var transitions = outcomes.map { _ in Transition(.omitted, span: value.span, keySpan: node.span) }
        for entry in entries {
            checkOutcome(entry.key)
            guard entry.value.scalar != nil else {
                scope.report(
                    .wrongType,
                    "transition \"\(entry.key.text)\" of \(owner) wants a node's name",
                    at: entry.value.span
                )
                continue
            }
            let target = target(entry.value, outcome: entry.key.text)
            guard let place = outcomes.firstIndex(where: { $0.name == entry.key.text }) else { continue }
            transitions[place] = Transition(target, span: entry.value.span, keySpan: entry.key.span)
        }
        return transitions
    }

    private func checkOutcome(_ key: Key) {
        guard type != nil, !outcomes.contains(where: { $0.name == key.text }) else { return }
        let names = outcomes.map(\.name)
        scope.report(
            .unknownOutcome,
            "\"\(key.text)\" is not an outcome of \(owner). outcomes are \(names.joined(separator: ", "))",
            at: key.span,
            help: guess(key.text, among: names)
        )
    }

    private func target(_ value: Value, outcome: String? = nil) -> Transition.Target {
        let name = value.text ?? ""
        if name == "end" { return .end }
        if let place = scope.places[name] { return .node(place) }
        let what = outcome.map { "transition \"\($0)\" of \(owner)" } ?? "\"transitions\" of \(owner)"
        if TemplateParser.hasMarks(name) {
            scope.report(.templateNotAllowed, "templates are not allowed in \(what)", at: value.span)
        } else if name.isEmpty {
            scope.report(
                .missingKey,
                "\(what) names no node",
                at: value.span,
                help: ["write \"end\" to end the run there"]
            )
        } else {
            scope.report(
                .danglingTransition,
                "\(what) goes to \"\(name)\", which does not exist",
                at: value.span,
                help: scope.nodeGuess(name, among: scope.nodeNames + ["end"])
            )
        }
        return .dangling
    }
}
