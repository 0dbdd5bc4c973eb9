import FlowCore
import FlowDocument

/// A value that the outcomes on all paths rule out.
enum AlwaysEmpty: Rule {
    static let code = Code("FD304", "always-empty", .warning)
    static let summary = "A template reads a value that no path here can have."
    static let why = """
        A leg that answered is there after \"completed\" only, an error after \"failed\" only. Elsewhere the \
        value is the empty text.
        """
    static let bad = [
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              transitions:
                completed: end
                no_answer: end
                busy: LogBusy
                failed: end
            LogBusy:
              type: http_request
              url: https://app.example.com/busy
              body:
                status: <<Forward.status>>
                leg: ↓<<Forward.DialBLegUUID>>
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
              transitions:
                completed: Log
                no_answer: end
                busy: Log
                failed: end
            Log:
              type: http_request
              url: https://app.example.com/log
              body:
                status: <<Forward.status>>
                leg: <<Forward.DialBLegUUID>>
              transitions: end
            """
        )
    ]

    static func check(_ subject: Subject) -> [Finding] {
        subject.findings { isFound(by: $0, subject) ? finding($0, subject) : nil }
    }

    /// Whether no way to a read gives it anything; what else there is to say of the value need not be said then.
    static func isFound(by read: ValueRead, _ subject: Subject) -> Bool {
        let facts = subject.facts
        guard facts.isComplete, read.dependsOnOutcome, read.source != read.reader, !subject.isStart(read.source)
        else { return false }
        let last = facts.lastOutcomes(of: read.source, before: read.reader)
        guard !last.isEmpty else { return false }
        if subject.flow.nodes[read.source].isNeverWaitedFor { return true }
        return read.giving.map { !last.contains(where: $0.contains) } ?? false
    }

    private static func finding(_ read: ValueRead, _ subject: Subject) -> Finding {
        let source = subject.flow.nodes[read.source]
        let last = subject.facts.lastOutcomes(of: read.source, before: read.reader)
        let reason =
            if source.isNeverWaitedFor {
                "\"\(source.name)\" has \"wait: false\", so that the run goes on before its result is there"
            } else {
                "only \(subject.named(last, of: read.source)) of \"\(source.name)\" lead\(last.count == 1 ? "s" : "") here, and it is there after \(subject.named(read.giving ?? [], of: read.source))"
            }
        return subject.finding(
            code,
            "\"\(read.text)\" is always empty here: \(reason)",
            at: subject.span(of: read.reference, in: read.use),
            severity: read.reference.hasDefault ? .info : nil,
            help: [read.reference.hasDefault ? "write what is its default alone" : "remove it"],
            related: source.isNeverWaitedFor
                ? [] : last.map { subject.related("the way here", at: source.transitions[$0].span) }
        )
    }
}
