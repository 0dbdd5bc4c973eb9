import FlowCore
import FlowDocument

/// A header that flowd or HTTP itself sets.
enum ReservedHeader: Rule {
    static let code = Code.reservedHeader
    static let summary = "A header is set by flowd, or its name is not valid."
    static let why = """
        The length, the host and the connection's own headers follow from the request, and `webhook-*` is what an app \
        server verifies. One that an author sets would be a lie, or a way to smuggle a second request.
        """
    static let bad = [
        Example.reporting(
            """
            url: https://app.example.com/calls
            headers:
              ↓Content-Length: 5
            body:
              outcome: <<Forward.status>>
            transitions: end
            """
        ),
        Example.reporting(
            """
            url: https://app.example.com/calls
            headers:
              ↓Authorization: Token <<secrets.APP_TOKEN>>
            auth:
              bearer: <<secrets.APP_TOKEN>>
            body:
              outcome: <<Forward.status>>
            transitions: end
            """
        ),
    ]
    static let good = [
        Example.reporting(
            """
            url: https://app.example.com/calls
            headers:
              X-Office: berlin
            auth:
              bearer: <<secrets.APP_TOKEN>>
            body:
              outcome: <<Forward.status>>
            transitions: end
            """
        )
    ]

    static func check(_ subject: Subject) -> [Finding] {
        subject.flow.nodes.compactMap { node in
            guard let auth = node.setting(.credentials)?.entry,
                let header = node.setting(.headers)?.source?.entries?.first(where: {
                    $0.key.text.lowercased() == "authorization"
                })
            else { return nil }
            return subject.finding(
                code,
                "\"\(header.key.text)\" is set by \"auth\", which replaces it",
                at: header.key.span,
                severity: .warning,
                help: ["leave out one of the two"],
                related: [subject.related("set here", at: auth.key.span)]
            )
        }
    }
}
