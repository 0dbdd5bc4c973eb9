import FlowDocument

/// Finds the node that a transition or an event names, and says why a name is none.
struct TransitionTarget {
    let scope: FlowScope

    /// - Parameters:
    ///   - what: what the name stands behind, for messages: `transition "busy" of call_forward "Forward"`.
    ///   - mayEnd: whether `end` may stand there.
    func named(_ name: String, in value: Value, what: String, mayEnd: Bool = true) -> Transition.Target {
        if mayEnd, name == Self.end { return .end }
        if let index = scope.indices[name] { return .node(index) }
        if !scope.isBeyondLimit(name) { report(name, in: value, what, mayEnd) }
        return .dangling
    }

    private static let end = "end"

    private func report(_ name: String, in value: Value, _ what: String, _ mayEnd: Bool) {
        let span = value.span
        if TemplateParser.hasMarks(name) {
            scope.report(.templateNotAllowed, "templates are not allowed in \(what)", at: span)
        } else if name.isEmpty {
            scope.report(.missingKey, "\(what) names no node", at: span, fixes: mayEnd ? [endFix(.maybe, value)] : [])
        } else if !mayEnd, name == Self.end || ForeignWords.isEnd(name) {
            scope.report(
                .danglingTransition,
                "\(what) goes to \"\(name)\", where no run can begin",
                at: span,
                help: ["leave it out: what Plivo reports is recorded without a node too"]
            )
        } else {
            scope.report(
                .danglingTransition,
                "\(what) goes to \"\(name)\", which does not exist",
                at: span,
                fixes: mayEnd && ForeignWords.isEnd(name)
                    ? [endFix(.safe, value)]
                    : scope.nodeGuess(name, among: scope.nodeNames + (mayEnd ? [Self.end] : [])) {
                        scope.document.edit(value, to: $0)
                    }
            )
        }
    }

    private func endFix(_ safety: Fix.Safety, _ value: Value) -> Fix {
        Fix("write \"end\" to end the run there", safety, scope.document.edit(value, to: Self.end))
    }
}
