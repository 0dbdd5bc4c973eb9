import FlowCore
import FlowDocument

/// A question that is asked for ever where nobody answers.
enum SilentLoop: Rule {
    static let code = Code("FD411", "silent-loop", .warning)
    static let summary = "A menu or an input comes back to itself where the caller does nothing, without a limit."
    static let why = """
        A caller who puts the phone down beside the telephone keeps the call running, and paid for, until the flow's \
        limit of 1,000 steps or Plivo's limit for calls ends it.
        """
    static let bad = [
        Example.nodes(
            """
            Menu:
              type: ivr_menu
              speak: For sales press 1.
              transitions:
                1: Sales
                no_input: ↓Menu
                wrong_input: end
            Sales:
              type: call_forward
              to: +12025551234
              transitions: end
            """
        ),
        Example.nodes(
            """
            Number:
              type: get_input
              speak: Enter the number of your order.
              transitions:
                input: end
                no_input: ↓Again
                invalid_input: end
            Again:
              type: play_audio
              speak: Sorry?
              transitions: Number
            """
        ),
    ]
    static let good = [
        Example.nodes(
            """
            Menu:
              type: ivr_menu
              speak: For sales press 1.
              attempts: 3
              transitions:
                1: Sales
                no_input: end
                wrong_input: end
            Sales:
              type: call_forward
              to: +12025551234
              transitions: end
            """
        ),
        Example.nodes(
            """
            Menu:
              type: ivr_menu
              speak: For sales press 1.
              transitions:
                1: Sales
                no_input: Tries
                wrong_input: Tries
            Tries:
              type: counter
              max: 3
              transitions:
                not_reached: Menu
                reached: end
            Sales:
              type: call_forward
              to: +12025551234
              transitions: end
            """
        ),
    ]

    static func check(_ subject: Subject) -> [Finding] {
        let flow = subject.flow
        let unattended = flow.nodes.map(\.unattendedOutcomes)
        return flow.nodes.indices.compactMap { index in
            let node = flow.nodes[index]
            guard !unattended[index].isEmpty, !hasAttempts(node), subject.facts.isReachable[index],
                let first = unattended[index].first(where: { outcome in
                    node.transitions[outcome].node.map { leads(from: $0, to: index, flow, unattended) } ?? false
                })
            else { return nil }
            return subject.finding(
                code,
                "\"\(node.name)\" comes back to itself by \"\(node.outcomes[first].name)\" for as long as nobody answers",
                at: node.transitions[first].span,
                help: ["write \"attempts: 3\" in \"\(node.name)\" and let it end, or lead the way through a counter"]
            )
        }
    }

    private static func hasAttempts(_ node: FlowNode) -> Bool {
        node.settings.contains { $0.field.name == "attempts" && !$0.isDefault }
    }

    /// Whether a call in which nobody answers comes from one node to another, with no limit and nobody rung on the way.
    private static func leads(from start: Int, to goal: Int, _ flow: Flow, _ unattended: [[Int]]) -> Bool {
        var seen: Set<Int> = []
        var open = [start]
        while let next = open.popLast() {
            if next == goal { return true }
            let node = flow.nodes[next]
            guard seen.insert(next).inserted, !node.description.dials, node.description.type != "counter" else {
                continue
            }
            let outcomes = unattended[next].isEmpty ? Array(node.outcomes.indices) : unattended[next]
            open += outcomes.filter { !node.outcomes[$0].isImplied }.compactMap { node.transitions[$0].node }
        }
        return false
    }
}

extension FlowNode {
    /// The outcomes of a node that waits for the caller, where nobody is there: nothing comes, or noise does.
    fileprivate var unattendedOutcomes: [Int] {
        let silent = Set(plays.filter { $0.address == .redirect }.flatMap(\.words).compactMap(\.outcome))
        return outcomes.indices.filter { index in
            let outcome = outcomes[index]
            return silent.contains(outcome.name) && outcome.tone != .good
                || !silent.isEmpty && outcome.tone == .bad && !outcome.isImplied
        }
    }
}
