import FlowCore
import FlowDocument

/// A value of a node that cannot have run before.
enum NeverSet: Rule {
    static let code = Code("FD303", "never-set", .error)
    static let summary = "A template reads a value that is never set when the run comes to it."
    static let why = """
        It is the empty text in every call. Most often two nodes are in the wrong order.
        """
    static let bad = [
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              caller_name: ↓<<Lookup.response.name>>
              transitions: Lookup
            Lookup:
              type: http_request
              url: https://app.example.com/who
              transitions: end
            """
        ),
        Example.dialling("caller_name: ↓<<Start.message.text>>"),
    ]
    static let good = [
        Example.nodes(
            """
            Lookup:
              type: http_request
              url: https://app.example.com/who
              transitions: Forward
            Forward:
              type: call_forward
              to: +12025551234
              caller_name: <<Lookup.response.name>>
              transitions: end
            """
        )
    ]

    static func check(_ subject: Subject) -> [Finding] {
        guard subject.facts.isComplete else { return [] }
        return subject.eventReads.compactMap { outsideOfEvent($0, subject) }
            + subject.findings { read in
                guard read.source != read.reader else { return nil }
                return subject.isStart(read.source) ? beginning(read, subject) : later(read, subject)
            }
    }

    /// What Plivo says with an event is there in the side run alone that it begins.
    private static func outsideOfEvent(_ read: ValueRead, _ subject: Subject) -> Finding? {
        guard !subject.facts.isBehindEvent(of: read.source, read.reader) else { return nil }
        let (source, reader) = (subject.flow.nodes[read.source], subject.flow.nodes[read.reader])
        return finding(
            read,
            "no event of \"\(source.name)\" leads to \"\(reader.name)\"",
            help: ["name \"\(reader.name)\", or a node before it, under \"events\" of \"\(source.name)\""],
            related: [subject.related("\"\(source.name)\" is here", at: source.nameSpan)],
            subject
        )
    }

    private static func later(_ read: ValueRead, _ subject: Subject) -> Finding? {
        let (flow, facts) = (subject.flow, subject.facts)
        guard !facts.mayRun(read.source, before: read.reader) else { return nil }
        let (source, reader) = (flow.nodes[read.source], flow.nodes[read.reader])
        let path = facts.path(from: read.reader) { $0 == read.source }
        let reason =
            if !facts.isReachable[read.source] {
                "\"\(source.name)\" can never run"
            } else if path != nil {
                "\"\(source.name)\" runs only after \"\(reader.name)\""
            } else {
                "no path leads from \"\(source.name)\" to \"\(reader.name)\""
            }
        return finding(
            read,
            reason,
            help: path.map { ["path: \($0.text(in: flow))"] } ?? [],
            related: [subject.related("\"\(source.name)\" is here", at: source.nameSpan)],
            subject
        )
    }

    private static func beginning(_ read: ValueRead, _ subject: Subject) -> Finding? {
        guard let giving = read.giving else { return nil }
        let last = subject.facts.lastOutcomes(of: read.source, before: read.reader)
        guard !last.isEmpty, !last.contains(where: giving.contains) else { return nil }
        let (start, reader) = (subject.flow.nodes[read.source], subject.flow.nodes[read.reader])
        return finding(
            read,
            "only runs that begin by \(subject.named(last, of: read.source)) come to \"\(reader.name)\"",
            help: ["it is there in a run that begins by \(subject.named(giving, of: read.source))"],
            related: last.map { subject.related("the way here", at: start.transitions[$0].span) },
            subject
        )
    }

    /// With a default it is no more than a detour.
    private static func finding(
        _ read: ValueRead,
        _ reason: String,
        help: [String],
        related: [Finding.Related],
        _ subject: Subject
    ) -> Finding {
        let hasDefault = read.reference.hasDefault
        return subject.finding(
            code,
            "\"\(read.text)\" is always unset\(hasDefault ? ", so that its default always holds" : ""): \(reason)",
            at: subject.span(of: read.reference, in: read.use),
            severity: hasDefault ? .warning : .error,
            help: help,
            related: related
        )
    }
}
