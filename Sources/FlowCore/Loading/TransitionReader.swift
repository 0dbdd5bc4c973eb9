import FlowDocument

/// Reads a node's `transitions`: an outcome each to a node or to `end`, or one name for all.
struct TransitionReader {
    private let scope: FlowScope
    private let node: Key
    /// The key `transitions` with its value.
    private let entry: Entry?
    /// Whether there is no `transitions`, but a key that was probably meant to be it, or an alias that may hold it.
    private let isElsewhere: Bool
    /// Nil where it is unknown, and so its outcomes.
    private let description: NodeDescription?

    private let outcomes: [Outcome]
    private let targets: TransitionTarget

    init(_ entry: Entry, _ description: NodeDescription?, outcomes: [Outcome], in scope: FlowScope) {
        self.outcomes = outcomes
        self.scope = scope
        targets = TransitionTarget(scope: scope)
        node = entry.key
        self.description = description
        self.entry = entry.value.entry(NodeKeys.transitions)
        isElsewhere = scope.document.hasGaps || self.entry == nil && Self.isMistyped(in: entry.value)
    }

    private static func isMistyped(in node: Value) -> Bool {
        guard let entries = node.entries else { return false }
        return entries.indices.contains { index in
            let key = entries[index].key.text
            return key.utf8.first.map { $0 | 0x20 } == UInt8(ascii: "t")
                && nearMiss(key, among: [NodeKeys.transitions]) != nil
        }
    }

    /// The node, for messages.
    private var owner: KeyOwner { .node(type: description?.type, name: node.text) }

    func read() -> (transitions: [Transition], route: WrittenRoute) {
        guard let entry, entry.value.scalar?.style != .absent else {
            // The key or the alias has its finding, and where the node leads is not known.
            let target = isElsewhere ? Transition.Target.dangling : .omitted
            return (all(Transition(target, span: node.span, keySpan: node.span)), route(nil, isUnclear: isElsewhere))
        }
        let value = entry.value
        if let name = value.text {
            let target = targets.named(name, in: value, what: "\"transitions\" of \(owner)")
            let missing = target == .dangling ? Dictionary(uniqueKeysWithValues: names.map { ($0, name) }) : [:]
            return (
                all(Transition(target, span: value.span, keySpan: value.span)),
                route(entry.key, only: name, isUnclear: target == .dangling, missing: missing)
            )
        }
        guard let entries = value.entries else {
            scope.report(
                .wrongType,
                "expected a node's name, or outcomes with names, in \"transitions\" of \(owner), found \(value.kind)",
                at: value.span
            )
            let transitions = all(Transition(.omitted, span: value.span, keySpan: value.span))
            return (transitions, route(entry.key, isUnclear: true))
        }
        var transitions = all(Transition(.omitted, span: value.span, keySpan: node.span))
        var missing: [String: String] = [:]
        var isUnclear = false
        for index in entries.indices {
            let isClear = read(entries[index], into: &transitions, &missing)
            isUnclear = isUnclear || !isClear
        }
        return (transitions, route(entry.key, isUnclear: isUnclear, missing: missing))
    }

    private func route(
        _ key: Key?,
        only: String? = nil,
        isUnclear: Bool = false,
        missing: [String: String] = [:]
    ) -> WrittenRoute {
        WrittenRoute(key: key, only: only, isUnclear: isUnclear || description == nil, missing: missing)
    }

    private var names: [String] { outcomes.map(\.name) }

    /// The same for every outcome but those that are never meant together with the others.
    private func all(_ transition: Transition) -> [Transition] {
        outcomes.map { outcome in
            outcome.isImplied ? Transition(.omitted, span: transition.span, keySpan: transition.keySpan) : transition
        }
    }

    /// - Returns: whether outcome and target are known.
    private func read(
        _ entry: Entry,
        into transitions: inout [Transition],
        _ missing: inout [String: String]
    ) -> Bool {
        let outcome = names.firstIndex(of: entry.key.text)
        if description != nil, outcome == nil { reportOutcome(entry.key, names) }
        guard case .scalar(let scalar) = entry.value.content else {
            scope.report(
                .wrongType,
                "expected a node's name in transition \"\(entry.key.text)\" of \(owner), found \(entry.value.kind)",
                at: entry.value.span
            )
            return false
        }
        let what = "transition \"\(entry.key.text)\" of \(owner)"
        let target = targets.named(scalar.text, in: entry.value, what: what)
        if target == .dangling { missing[entry.key.text] = scalar.text }
        guard let outcome else { return false }
        transitions[outcome] = Transition(target, span: entry.value.span, keySpan: entry.key.span)
        return target != .dangling
    }

    private func reportOutcome(_ key: Key, _ names: [String]) {
        scope.report(
            .unknownOutcome,
            "\"\(key.text)\" is not an outcome of \(owner). outcomes are \(names.joined(separator: ", "))",
            at: key.span,
            fixes: outcomeFixes(key, names)
        )
    }

    private func outcomeFixes(_ key: Key, _ names: [String]) -> [Fix] {
        guard let meant = ForeignWords.outcome(key.text, among: names) else {
            return guess(key.text, among: names) { scope.document.edit(key, to: $0) }
        }
        // A second entry for an outcome would be another mistake.
        let isFree = entry?.value[meant] == nil
        return [Fix("write \"\(meant)\"", .maybe, isFree ? scope.document.edit(key, to: meant) : nil)]
    }
}
