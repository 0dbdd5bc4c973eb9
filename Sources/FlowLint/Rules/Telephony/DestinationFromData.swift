import FlowCore
import FlowDocument

/// A dial target that somebody else chooses, or that costs a premium.
enum DestinationFromData: Rule {
    static let code = Code("FD408", "destination-from-data", .warning)
    static let summary = "A target comes from data, or is a premium-rate number."
    static let why = """
        Whoever controls a dial target can make the account call premium-rate numbers that pay the one who owns them. \
        It is the oldest fraud in telephony, and it comes at night and on holidays.
        """
    static let bad = [
        Example.nodes(
            """
            Lookup:
              type: http_request
              url: https://crm.example.com/agent
              timeout: 3
              body:
                caller: <<Start.call.from>>
              transitions: Forward
            Forward:
              type: call_forward
              to: '↓<<Lookup.response.agent | default: "+12025551234">>'
              transitions: end
            """
        ),
        Example.dialling("to: +12025551234, ↓+19005551234"),
    ]
    static let good = [
        Example.nodes(
            """
            Lookup:
              type: http_request
              url: https://crm.example.com/is-customer
              timeout: 3
              body:
                caller: <<Start.call.from>>
              transitions:
                success: Sales
                failed: Reception
            Sales:
              type: call_forward
              to: +12025551234
              transitions: end
            Reception:
              type: call_forward
              to: +12025555678
              transitions: end
            """
        )
    ]

    static func check(_ subject: Subject) -> [Finding] {
        premium(subject) + chosenByOthers(subject)
    }

    private static func premium(_ subject: Subject) -> [Finding] {
        subject.numberUses.compactMap { use in
            guard use.isDialled, let number = use.number, let kind = PremiumNumber.kind(of: number) else {
                return nil
            }
            return subject.finding(
                code,
                "\(number) is \(kind): each call is billed at its own price",
                at: subject.span(of: use)
            )
        }
    }

    /// What comes by a way through other nodes is FD608's.
    private static func chosenByOthers(_ subject: Subject) -> [Finding] {
        let taint = subject.taint
        return subject.dialPlans.flatMap { plan in
            plan.node.templates.filter { $0.roles.contains(.dialTargets) }.flatMap { use in
                use.references.compactMap { reference in
                    guard taint.isUntrusted(reference), taint.way(to: reference) == nil else { return nil }
                    return subject.finding(
                        code,
                        "the destination comes from \"\(reference.text)\": whoever controls it can make this account dial premium numbers",
                        at: subject.span(of: reference, in: use),
                        help: [
                            "write the numbers into the flow, and let the outcomes of a request choose among nodes that dial",
                            "if it is your own and answers with your own numbers only, say so: \(silence(of: plan.node, subject))",
                        ]
                    )
                }
            }
        }
    }

    /// JSON has no comments.
    private static func silence(of node: FlowNode, _ subject: Subject) -> String {
        switch subject.document.format {
        case .yaml: "# flowd: ignore[\(code.id)] why"
        case .json:
            "{\"code\": \"\(code.id)\", \"node\": \"\(node.name)\", \"reason\": \"why\"} in the list \"ignore\" at the top"
        }
    }
}
