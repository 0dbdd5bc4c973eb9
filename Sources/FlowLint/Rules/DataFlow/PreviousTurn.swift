import FlowCore
import FlowDocument

/// A value that a loop reads before it is set anew.
enum PreviousTurn: Rule {
    static let code = Code("FD305", "previous-turn", .warning)
    static let summary = "In a loop, a template reads a value of the turn before."
    static let why = """
        On the first turn the value is empty, on the second it is the first one's. With a default this may be \
        meant, and is no more than a note.
        """
    static let bad = [
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              caller_name: ↓<<Log.response.next>>
              transitions:
                completed: end
                no_answer: end
                busy: Log
                failed: end
            Log:
              type: http_request
              url: https://app.example.com/busy
              transitions:
                success: Forward # flowd: ignore[FD207] the app server ends it
                failed: end
            """
        )
    ]
    static let good = [
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              transitions:
                completed: end
                no_answer: end
                busy: Log
                failed: end
            Log:
              type: http_request
              url: https://app.example.com/busy
              body:
                status: <<Forward.status>>
              transitions:
                success: Forward # flowd: ignore[FD207] the app server ends it
                failed: end
            """
        )
    ]

    static func check(_ subject: Subject) -> [Finding] {
        let (flow, facts) = (subject.flow, subject.facts)
        return subject.findings { read in
            guard read.source != read.reader, facts.comesFromTurnBefore(read.source, to: read.reader),
                !AlwaysEmpty.isFound(by: read, subject)
            else { return nil }
            let cycle = facts.path(from: read.reader) { $0 == read.source }
            return subject.finding(
                code,
                "\"\(read.text)\" is the value of the turn before: \"\(flow.nodes[read.source].name)\" runs after \"\(flow.nodes[read.reader].name)\" in this loop\(read.reference.hasDefault ? "" : ", and on the first turn it is unset")",
                at: subject.span(of: read.reference, in: read.use),
                severity: read.reference.hasDefault ? .info : .warning,
                help: cycle.map { ["path: \($0.text(in: flow))"] } ?? [],
                fixes: read.reference.hasDefault
                    ? []
                    : [
                        Fix(
                            "add a default for the first turn if that is meant: \(read.withDefault)",
                            .maybe,
                            [read.addingDefault(in: subject)]
                        )
                    ],
                related: [subject.related("set here", at: flow.nodes[read.source].nameSpan)]
            )
        }
    }
}
