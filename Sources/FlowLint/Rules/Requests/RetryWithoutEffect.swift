import FlowCore
import FlowDocument

/// A `retry` that cannot do what it says.
enum RetryWithoutEffect: Rule {
    static let code = Code("FD504", "retry-without-effect", .warning)
    static let summary = "`retry` asks for attempts that are never made, or for more than the ladder has."
    static let why = """
        A request on the call path is sent once: the caller waits, and a second attempt would come too late. Off the \
        path the ladder has 10 attempts over three days; further ones follow a day apart, when hardly anybody still \
        wants the report.
        """
    static let bad = [
        Example.nodes(
            """
            Lookup:
              type: http_request
              url: https://crm.example.com/agent
              timeout: 3
              retry:
                ↓attempts: 3
              body:
                caller: <<Start.call.from>>
              transitions:
                success: Forward
                failed: Reception
            Forward:
              type: call_forward
              to: +12025551234
              transitions: end
            Reception:
              type: call_forward
              to: +12025555678
              transitions: end
            """
        ),
        Example.reporting(
            """
            url: https://app.example.com/calls
            retry:
              ↓attempts: 50
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
            retry:
              attempts: 5
            body:
              outcome: <<Forward.status>>
            transitions: end
            """
        )
    ]

    private static let ladder = Ladder.standardWebhooks.steps.count + 1

    static func check(_ subject: Subject) -> [Finding] {
        subject.requests.compactMap { node in
            guard let setting = node.setting(.attempts), let entry = setting.entry, let attempts = setting.number else {
                return nil
            }
            if node.waitsOnCallPath, attempts > 1 {
                return subject.finding(
                    code,
                    "\"\(node.name)\" is on the call path and sent once: the caller waits for it",
                    at: entry.key.span,
                    help: ["leave out \"retry\", or write \"wait: false\" if the call need not wait for it"]
                )
            }
            if attempts == 0 {
                return subject.finding(
                    code,
                    "\"attempts\" is 0, and the first is among them: \"\(node.name)\" is sent once all the same",
                    at: entry.key.span,
                    help: ["write \"retry: none\" if it is not to be tried again"]
                )
            }
            guard attempts > ladder else { return nil }
            return subject.finding(
                code,
                "\"attempts\" is \(attempts), and the ladder has \(ladder): each further one comes a day after the last",
                at: entry.key.span,
                help: ["leave out \"retry\" for all \(ladder), which take three days"]
            )
        }
    }
}
