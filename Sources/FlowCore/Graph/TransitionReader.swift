import FlowDocument

/// Reads a node's `transitions`: an outcome each to a node or to `end`, or one name for all.
struct TransitionReader {
    private let scope: FlowScope
    private let owner: String
    private let nodeSpan: Span
    private let value: Value?
    private let outcomes: [Outcome]
    /// Whether the type, and so its outcomes, is known.
    private let isKnown: Bool

    init(_ entry: Entry, _ description: NodeDescription?, in scope: FlowScope) {
        self.scope = scope
        owner = description.map { "\($0.type) \"\(entry.key.text)\"" } ?? "\"\(entry.key.text)\""
        nodeSpan = entry.key.span
        value = entry.value["transitions"]
        outcomes = description?.outcomes ?? []
        isKnown = description != nil
    }

    func read() -> [Transition] {
        guard let value, value.scalar?.style != .absent else {
            return outcomes.map { _ in Transition(.omitted, span: nodeSpan, keySpan: nodeSpan) }
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
        var found: [String: Transition] = [:]
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
            found[entry.key.text] = Transition(
                target(entry.value, outcome: entry.key.text),
                span: entry.value.span,
                keySpan: entry.key.span
            )
        }
        return outcomes.map { found[$0.name] ?? Transition(.omitted, span: value.span, keySpan: nodeSpan) }
    }

    private func checkOutcome(_ key: Key) {
        let names = outcomes.map(\.name)
        guard isKnown, !names.contains(key.text) else { return }
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
                help: guess(name, among: scope.places.keys.sorted() + ["end"])
            )
        }
        return .dangling
    }
}
