import FlowCore
import FlowDocument

/// What a query string tells of a caller.
enum PersonalDataInURL: Rule {
    static let code = Code("FD609", "personal-data-in-url", .info)
    static let summary = "A phone number, a name or a message stands in a query string."
    static let why = """
        Query strings are kept in the access logs of every proxy and server on the way, for longer than anybody \
        remembers. A body is not.
        """
    static let bad = [
        Example.reporting(
            """
            method: GET
            url: https://app.example.com/calls
            params:
              caller: ↓<<Start.call.from>>
              outcome: <<Forward.status>>
            transitions: end
            """
        )
    ]
    static let good = [
        Example.reporting(
            """
            url: https://app.example.com/calls
            params:
              outcome: <<Forward.status>>
            body:
              caller: <<Start.call.from>>
            transitions: end
            """
        )
    ]

    /// A request to this machine passes no proxy.
    static func check(_ subject: Subject) -> [Finding] {
        subject.requestURLs.flatMap { url -> [Finding] in
            guard url.host.kind != .loopback else { return [] }
            let uses = url.node.templates.filter { $0.isInURL && $0.escaping == .form }
            return uses.flatMap { use in
                use.references.compactMap { reference in
                    guard let kind = subject.personalKind(of: reference) else { return nil }
                    return subject.finding(
                        code,
                        "\"\(reference.text)\" is \(kind), and query strings are logged on the way",
                        at: subject.span(of: reference, in: use),
                        help: ["send it in the body"]
                    )
                }
            }
        }
    }
}
