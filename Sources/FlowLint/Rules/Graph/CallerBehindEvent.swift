import FlowCore
import FlowDocument

/// A node that needs a caller, in a side run, which has none.
enum CallerBehindEvent: Rule {
    static let code = Code("FD213", "caller-behind-event", .error)
    static let summary = "An event leads to a node that a caller hears or answers."
    static let why = """
        An event begins a side run, while the call is anywhere, or long over: nothing can be said in it, and \
        nobody rung. Only nodes without a caller may follow.
        """
    static let bad = [
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              events:
                ended: ↓Again
              transitions: end
            Again:
              type: call_forward
              to: +12025555678
              transitions: end
            """
        ),
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              events:
                answered: ↓Log
              transitions: end
            Log:
              type: http_request
              url: https://app.example.com/answered
              transitions: Forward
            """
        ),
    ]
    static let good = [
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              events:
                answered: Log
              transitions: end
            Log:
              type: http_request
              url: https://app.example.com/answered
              body:
                leg: <<Forward.event.DialBLegUUID>>
              transitions: end
            """
        )
    ]

    static func check(_ subject: Subject) -> [Finding] {
        let (flow, facts) = (subject.flow, subject.facts)
        return facts.ways.joined().compactMap { edge in
            guard edge.isEvent,
                let path = facts.path(
                    from: edge.to,
                    along: { !$0.isEvent },
                    until: { flow.nodes[$0].needsCaller }
                )
            else { return nil }
            let (node, last) = (flow.nodes[edge.from], flow.nodes[path.end])
            let event = node.description.events[edge.outcome].name
            return subject.finding(
                code,
                "event \"\(event)\" of \"\(node.name)\" leads to \"\(last.name)\", a \(last.description.type), and a side run has no caller",
                at: flow.span(of: edge),
                help: path.edges.isEmpty ? [] : ["path: \(path.text(in: flow))"],
                related: path.places(in: flow)
            )
        }
    }
}
