import FlowCore
import FlowDocument

/// A wait that no caller outlasts.
enum LongSilence: Rule {
    static let code = Code("FD423", "long-silence", .error)
    static let summary = "A wait of more than 60 seconds stands where a node further on needs the caller."
    static let why = """
        The caller hears silence meanwhile, so flowd waits for 60 seconds at most there. Longer waits are for what \
        needs no call: then the call ends, and the run goes on by itself.
        """
    static let bad = [
        Example.nodes(
            """
            Later:
              type: wait
              duration: ↓15m
              transitions: Forward
            Forward:
              type: call_forward
              to: +12025551234
              transitions: end
            """
        )
    ]
    static let good = [
        Example.nodes(
            """
            Moment:
              type: wait
              duration: 5
              transitions: Forward
            Forward:
              type: call_forward
              to: +12025551234
              transitions: Later
            Later:
              type: wait
              duration: 15m
              transitions: Report
            Report:
              type: http_request
              url: https://app.example.com/report
              transitions: end
            """
        )
    ]

    /// Seconds of silence at most.
    private static let limit = 60

    static func check(_ subject: Subject) -> [Finding] {
        subject.flow.nodes.indices.compactMap { index in
            let node = subject.flow.nodes[index]
            guard node.isOnCallPath, subject.hasCaller[index], let setting = node.setting(.duration),
                case .text(let template) = setting.content, let text = template.literal,
                let seconds = DurationText.seconds(text), seconds > limit, let value = setting.source
            else { return nil }
            return subject.finding(
                code,
                "the caller would hear silence for \(text): \(limit) s are the most while a node further on needs the caller",
                at: value.span,
                help: ["put it behind a hangup, or write \(limit) or less"]
            )
        }
    }
}
