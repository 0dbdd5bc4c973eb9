import FlowCore
import FlowDocument

/// A call that is forwarded to the very number it came in by.
enum DialsItself: Rule {
    static let code = Code("FD403", "dials-itself", .error)
    static let summary = "A call_forward dials a number that this flow answers."
    static let why = """
        The forwarded call would come in again, start the flow again and be forwarded again, each time on a new paid \
        leg, until the carrier stops it. Two flows that forward to each other do the same.
        """
    static let bad = [
        Example(
            """
            version: 1
            numbers: [+14155550100]
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Forward
              Forward:
                type: call_forward
                to: +12025551234, ↓+14155550100
                transitions: end
            """
        ),
        Example.dialling("to: ↓<<Start.call.to>>"),
    ]
    static let good = [
        Example(
            """
            version: 1
            numbers: [+14155550100]
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Forward
              Forward:
                type: call_forward
                from: +14155550100
                to: +12025551234
                transitions: end
            """
        )
    ]

    static func check(_ subject: Subject) -> [Finding] {
        literals(subject) + subject.dialPlans.flatMap { calledNumber($0.node, subject) }
    }

    private static func literals(_ subject: Subject) -> [Finding] {
        let numbers = ForwardingMap(subject.claims)
        return subject.numberUses.compactMap { use in
            guard use.isDialled, let number = use.number else { return nil }
            if let own = subject.flow.numbers.first(where: { $0.number.text == number }) {
                return subject.finding(
                    code,
                    "\(who(use)) dials \(number), which this flow answers: the call would loop",
                    at: subject.span(of: use),
                    related: [subject.related("claimed here", at: own.span)]
                )
            }
            guard let way = numbers.way(from: number, backTo: subject.flow) else { return nil }
            return subject.finding(
                code,
                "\(who(use)) dials \(number), and the flow there forwards back: calls may loop",
                at: subject.span(of: use),
                severity: .warning,
                help: [
                    "way: " + ([subject.flow.name] + way.map(\.name) + [subject.flow.name]).joined(separator: " -> ")
                ],
                related: way.prefix(1).compactMap { flow in
                    flow.numbers.first { $0.number.text == number }
                        .map { .init("answered here", file: flow.file, span: $0.span) }
                }
            )
        }
    }

    private static func who(_ use: NumberUse) -> String { use.node.map { "\"\($0.name)\"" } ?? "\"on_error\"" }

    /// `<<Start.call.to>>` as a whole target.
    private static func calledNumber(_ node: FlowNode, _ subject: Subject) -> [Finding] {
        node.templates.filter { $0.roles.contains(.dialTargets) }.flatMap { use in
            let parts = CommaPart.parts(of: use.value.text ?? "")
            return use.references.compactMap { reference -> Finding? in
                guard subject.flow.roles(of: reference).contains(.calledNumber),
                    parts.contains(where: { $0.range == reference.range }),
                    reference.filters.allSatisfy({ [.default, .strip, .lstrip, .rstrip].contains($0.kind) })
                else { return nil }
                return subject.finding(
                    code,
                    "\"\(node.name)\" dials the number that was called, which this flow answers: the call would loop",
                    at: subject.span(of: reference, in: use),
                    help: ["\"<<Start.call.from>>\" is the caller's number"]
                )
            }
        }
    }
}
