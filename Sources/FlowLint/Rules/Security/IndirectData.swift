import FlowCore
import FlowDocument

/// A value that a caller chose, back through another node and on into a place that matters.
enum IndirectData: Rule {
    static let code = Code("FD608", "indirect-data", .warning)
    static let summary = "Untrusted data reaches a dial target, a URL or a header through another node."
    static let why = """
        An answer is as trustworthy as the question: if a caller chooses what is asked for, the caller has a hand in \
        what is dialled and called next, though the flow does not show it at that place.
        """
    static let bad = [
        Example.nodes(
            """
            Lookup:
              type: http_request
              url: https://crm.example.com/extension
              timeout: 3
              body:
                extension: '<<Start.call.headers.Extension | default: "0">>'
              transitions: Forward
            Forward:
              type: call_forward
              to: '↓<<Lookup.response.number | default: "+12025551234">>'
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
              transitions: Lookup
            Lookup:
              type: http_request
              url: https://crm.example.com/customer
              body:
                caller: <<Start.call.from>>
              transitions:
                success: Report
                failed: end
            Report:
              type: http_request
              url: https://app.example.com/calls
              headers:
                X-Customer: '<<Lookup.response.id | json>>'
              body:
                outcome: <<Forward.status>>
              transitions: end
            """
        )
    ]

    static func check(_ subject: Subject) -> [Finding] {
        let taint = subject.taint
        return subject.flow.nodes.flatMap { node in
            node.templates.filter(isSink).flatMap { use in
                use.references.compactMap { reference in
                    guard let way = taint.way(to: reference) else { return nil }
                    let isDialled = use.roles.contains(.dialTargets)
                    // What was dialled is a number or a SIP URI: it can do harm where it is dialled again only.
                    if !isDialled, let source = subject.flow.source(of: reference),
                        subject.flow.nodes[source].description.dials
                    {
                        return nil
                    }
                    return subject.finding(
                        code,
                        "untrusted \"\(way[0])\" reaches \"\(node.name).\(use.key)\" by \"\(reference.text)\"",
                        at: subject.span(of: reference, in: use),
                        help: ["way: " + (way + ["\(node.name).\(use.key)"]).joined(separator: " -> ")]
                    )
                }
            }
        }
    }

    private static func isSink(_ use: TemplateUse) -> Bool {
        use.escaping == .header || !use.roles.isDisjoint(with: [.dialTargets, .sipHeaders, .url])
    }
}
