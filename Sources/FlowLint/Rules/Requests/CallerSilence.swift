import FlowCore
import FlowDocument

/// Requests on the call path that together hold the caller for long.
enum CallerSilence: Rule {
    static let code = Code("FD503", "caller-silence", .warning)
    static let summary = "The timeouts of requests between two answers to Plivo add up to more than 10 seconds."
    static let why = """
        While flowd waits for an app server, the caller hears nothing, and Plivo waits for its answer: it gives up \
        after 15 seconds. All requests of one webhook share 12 seconds; what is left then ends by "failed".
        """
    static let bad = [
        Example.nodes(
            """
            Customer:
              type: http_request
              url: https://crm.example.com/customer
              body:
                caller: <<Start.call.from>>
              transitions:
                success: Agent
                failed: Agent
            ↓Agent:
              type: http_request
              url: https://crm.example.com/agent
              timeout: 6
              body:
                customer: '<<Customer.response.id | default: "">>'
              transitions:
                success: Forward
                failed: Apology
            Forward:
              type: call_forward
              to: +12025551234
              transitions: end
            Apology:
              type: call_forward
              to: +12025555678
              transitions: end
            """
        )
    ]
    static let good = [
        Example.nodes(
            """
            Customer:
              type: http_request
              url: https://crm.example.com/customer
              timeout: 3
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
        )
    ]

    private static let bearable = 10

    static func check(_ subject: Subject) -> [Finding] {
        SilentChain.longest(in: subject).filter { $0.seconds > bearable }.compactMap { chain in
            let requests = chain.nodes.map { subject.flow.nodes[$0] }
            guard let last = requests.last else { return nil }
            let parts = requests.map { "\"\($0.name)\" \($0.number(.answerSeconds) ?? 0) s" }.joined(separator: ", ")
            let sum = requests.count == 1 ? "" : ": \(parts)"
            return subject.finding(
                code,
                "the caller may wait \(chain.seconds) s in silence\(sum)",
                at: last.nameSpan,
                help: [
                    "keep \"timeout\" of requests on the call path at 3 or less",
                    "all of them share \(RunLimits.callPathSeconds) s; what is not answered by then has failed",
                ],
                related: requests.dropLast().map { subject.related("waits before it", at: $0.nameSpan) }
            )
        }
    }
}
