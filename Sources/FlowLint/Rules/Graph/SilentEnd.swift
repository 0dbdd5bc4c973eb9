import FlowCore
import FlowDocument

/// A call that is answered with a hangup and nothing else.
enum SilentEnd: Rule {
    static let code = Code("FD209", "silent-end", .warning)
    static let summary = "On a path from an incoming call to the end, nobody is dialled."
    static let why = """
        The caller hears nothing but the end of the call.
        """
    static let bad = [
        Example(
            """
            version: 1
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: ↓end
            """
        )
    ]
    static let good = [
        Example.dialling("to: +12025551234")
    ]

    static func check(_ subject: Subject) -> [Finding] {
        let (flow, facts) = (subject.flow, subject.facts)
        guard let start = flow.start, let call = flow.nodes[start].outcomeWithCaller else { return [] }
        let first = flow.nodes[start].transitions[call]
        if first.target == .end {
            let path = FlowPath(first: start, edges: [])
            return [finding(path.text(endingBy: call, in: flow), at: first.span, subject)]
        }
        guard first.node != nil else { return [] }
        func isOpen(_ edge: DataFlow.Edge) -> Bool {
            !edge.isEvent && !flow.nodes[edge.to].description.holdsCaller
                && (edge.from != start || edge.outcome == call)
        }
        let path = facts.path(from: start, along: isOpen) { $0 != start && ending(of: flow.nodes[$0]) != nil }
        guard let path, let outcome = ending(of: flow.nodes[path.end]) else { return [] }
        let last = flow.nodes[path.end]
        let place = last.transitions[outcome].target == .end ? last.transitions[outcome].span : last.nameSpan
        return [finding(path.text(endingBy: outcome, in: flow), at: place, subject, places: path.places(in: flow))]
    }

    private static func finding(
        _ path: String,
        at span: Span,
        _ subject: Subject,
        places: [Finding.Related] = []
    ) -> Finding {
        subject.finding(
            code,
            "path \(path) answers with a hangup only: the caller hears nothing",
            at: span,
            help: ["forward the call somewhere on this path, or ignore this with a reason"],
            related: places
        )
    }

    /// The outcome by which a run ends at a node; one that ``OutcomeLeftOut`` speaks of is not looked at.
    private static func ending(of node: FlowNode) -> Int? {
        node.transitions.indices.first { outcome in
            guard node.canEnd(by: outcome) else { return false }
            switch node.transitions[outcome].target {
            case .end: return true
            case .omitted: return node.route.key == nil
            case .node, .dangling: return false
            }
        }
    }
}
