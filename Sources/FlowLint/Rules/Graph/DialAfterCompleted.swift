import FlowCore
import FlowDocument

/// A dial after a call that was answered.
enum DialAfterCompleted: Rule {
    static let code = Code("FD210", "dial-after-completed", .info)
    static let summary = "A call_forward follows the outcome completed of another."
    static let why = """
        After \"completed\" the caller is there only if the callee hung up first. Once the caller is gone, \
        nothing is dialled any more.
        """
    static let bad = [
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              transitions:
                completed: ↓Survey
                no_answer: end
                busy: end
                failed: end
            Survey:
              type: call_forward
              to: +12025555678
              transitions: end
            """
        )
    ]
    static let good = [
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              transitions:
                completed: end
                no_answer: Reception
                busy: Reception
                failed: end
            Reception:
              type: call_forward
              to: +12025555678
              transitions: end
            """
        )
    ]

    static func check(_ subject: Subject) -> [Finding] {
        let (flow, facts) = (subject.flow, subject.facts)
        return flow.nodes.indices.compactMap { index in
            let node = flow.nodes[index]
            guard node.description.dials, !facts.isDead(index), let completed = node.description.goodOutcome,
                let next = node.transitions[completed].node,
                let path = facts.path(
                    from: next,
                    along: { !$0.isEvent && !flow.nodes[$0.from].description.dials },
                    until: { flow.nodes[$0].description.dials }
                )
            else { return nil }
            return subject.finding(
                code,
                "after \"completed\" the caller may be gone; \"\(flow.nodes[path.end].name)\" dials only if the callee hung up first",
                at: node.transitions[completed].span
            )
        }
    }
}
