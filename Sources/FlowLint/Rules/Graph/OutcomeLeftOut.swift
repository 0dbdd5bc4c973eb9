import FlowCore
import FlowDocument

/// An outcome for which there is no transition.
enum OutcomeLeftOut: Rule {
    static let code = Code("FD204", "outcome-left-out", .warning)
    static let summary = "An outcome of a node is not handled, so the run ends there."
    static let why = """
        That may be meant, and then it is better said. A node without any transitions is taken as the end of its \
        flow, unless it dials.
        """
    static let bad = [
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              ↓transitions:
                completed: end
                no_answer: end
                failed: end
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
                no_answer: end
                busy: end
                failed: end
            """
        ),
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              transitions: Log
            Log:
              type: http_request
              url: https://app.example.com/log
            """
        ),
    ]

    static func check(_ subject: Subject) -> [Finding] {
        subject.flow.nodes.compactMap { node in
            // Few leave any out: whether they can be known is asked of those only.
            guard node.transitions.contains(where: { $0.target == .omitted }), !node.description.isUnknown else {
                return nil
            }
            let outcomes = node.outcomes
            let omitted = outcomes.indices.filter {
                node.canEnd(by: $0) && node.transitions[$0].target == .omitted && !outcomes[$0].isImplied
            }
            guard !omitted.isEmpty, !node.route.isUnclear else { return nil }
            let isStart = node.description.begins
            if omitted.count == node.transitions.count, isStart || node.description.dials || node.route.key != nil {
                return subject.finding(
                    code,
                    isStart
                        ? "\"\(node.name)\" leads nowhere: calls and messages are rejected"
                        : "no outcome of \"\(node.name)\" is handled: the run ends there",
                    at: node.route.key?.span ?? node.nameSpan,
                    help: [
                        isStart
                            ? "write \"incoming_call:\" and a node's name"
                            : "write \"transitions: end\" if that is meant"
                    ]
                )
            }
            // Calls, messages or API requests that a flow does not want are no mistake.
            guard !isStart, let key = node.route.key else { return nil }
            let names = omitted.map { outcomes[$0].name }
            let list = names.map { "\"\($0)\"" }
            return subject.finding(
                code,
                omitted.count == 1
                    ? "outcome \(list[0]) of \"\(node.name)\" is not handled: the run ends there"
                    : "outcomes \(list.dropLast().joined(separator: ", ")) and \(list[list.count - 1]) of \"\(node.name)\" are not handled: the run ends there",
                at: key.span,
                fixes: [
                    Fix(
                        "write \"\(names.map { "\($0): end" }.joined(separator: ", "))\" if that is meant",
                        .maybe,
                        ending(names, of: node, subject)
                    )
                ]
            )
        }
    }

    /// Writes that outcomes end the run, before the others of a node.
    private static func ending(_ outcomes: [String], of node: FlowNode, _ subject: Subject) -> [Edit] {
        guard let written = node.source[NodeKeys.transitions] else { return [] }
        let edits = outcomes.compactMap { subject.document.insertion(of: $0, "end", before: written) }
        guard let first = edits.first, edits.count == outcomes.count else { return [] }
        return [Edit(first.span, edits.map(\.replacement).joined())]
    }
}
