import FlowCore
import FlowDocument

/// A body that is never sent.
enum BodyWithGET: Rule {
    static let code = Code("FD502", "body-with-get", .warning)
    static let summary = "A GET request has a body."
    static let why =
        "A GET carries no body, so flowd leaves it out: the app server would get a request without the values."
    static let bad = [
        Example.reporting(
            """
            method: GET
            url: https://app.example.com/calls
            ↓body:
              outcome: <<Forward.status>>
            transitions: end
            """
        )
    ]
    static let good = [
        Example.reporting(
            """
            method: GET
            url: https://app.example.com/calls
            params:
              outcome: <<Forward.status>>
            transitions: end
            """
        )
    ]

    static func check(_ subject: Subject) -> [Finding] {
        subject.requests.compactMap { node in
            guard let method = node.setting(.method), method.word == "GET",
                let body = node.setting(.body)?.entry, body.value.scalar?.style != .absent
            else { return nil }
            return subject.finding(
                code,
                "GET ignores \"body\"",
                at: body.key.span,
                fixes: [
                    Fix(
                        "call it \"params\", or write \"method: POST\"",
                        .maybe,
                        method.source.flatMap { subject.document.edit($0, to: "POST") }
                    )
                ],
                related: method.source.map { [subject.related("the method", at: $0.span)] } ?? []
            )
        }
    }
}
