import FlowCore
import FlowDocument

/// A value of a node that has not run on every path.
enum MaybeUnset: Rule {
    static let code = Code("FD302", "maybe-unset", .warning)
    static let summary = "A template reads a value that is not set on every path that leads to it."
    static let why = """
        A value that is not there is the empty text: the app server gets \"score=\" and cannot tell why.
        """
    static let bad = [
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              transitions:
                completed: Survey
                no_answer: LogMiss
                busy: LogMiss
                failed: LogMiss
            Survey:
              type: http_request
              url: https://app.example.com/survey
              transitions: LogMiss
            LogMiss:
              type: http_request
              url: https://app.example.com/missed
              body:
                status: <<Forward.status>>
                score: ↓<<Survey.response.score>>
            """
        ),
        Example(
            """
            version: 1
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Forward
                  incoming_message: Report
              Forward:
                type: call_forward
                to: +12025551234
                transitions: Report
              Report:
                type: http_request
                url: https://app.example.com/report
                body:
                  kind: <<Start.request_type>>
                  caller: ↓<<Start.call.from>>
                  status: '<<Forward.status | default: "">>'
            """
        ),
    ]
    static let good = [
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              transitions:
                completed: Survey
                no_answer: LogMiss
                busy: LogMiss
                failed: LogMiss
            Survey:
              type: http_request
              url: https://app.example.com/survey
              transitions: LogMiss
            LogMiss:
              type: http_request
              url: https://app.example.com/missed
              body:
                status: <<Forward.status>>
                score: '<<Survey.response.score | default: "none">>'
            """
        )
    ]

    static func check(_ subject: Subject) -> [Finding] {
        let facts = subject.facts
        var detours = Detours(facts)
        let events = subject.eventReads.compactMap { outsideOfEvent($0, subject) }
        return events
            + subject.findings { read in
                guard !read.reference.hasDefault, read.source != read.reader,
                    facts.mayRun(read.source, before: read.reader)
                else { return nil }
                if subject.isStart(read.source) { return beginning(read, subject) }
                // A value of the turn before is another rule's.
                guard !facts.mustRun(read.source, before: read.reader), !AlwaysEmpty.isFound(by: read, subject),
                    !facts.comesFromTurnBefore(read.source, to: read.reader),
                    let detour = detours.detour(around: read.source, to: read.reader)
                else { return nil }
                return skipped(read, by: detour, subject)
            }
    }

    /// A run comes to the reader also without an event of the source.
    private static func outsideOfEvent(_ read: ValueRead, _ subject: Subject) -> Finding? {
        let (flow, facts) = (subject.flow, subject.facts)
        guard !read.reference.hasDefault, facts.isBehindEvent(of: read.source, read.reader), let start = facts.start,
            let path = facts.path(
                from: start,
                along: { !($0.isEvent && $0.from == read.source) },
                until: { $0 == read.reader }
            )
        else { return nil }
        return subject.finding(
            code,
            "\"\(read.text)\" may be unset here: a run comes to \"\(flow.nodes[read.reader].name)\" without an event of \"\(flow.nodes[read.source].name)\" too",
            at: subject.span(of: read.reference, in: read.use),
            help: ["path: \(path.text(in: flow))"],
            fixes: [
                Fix(
                    "add a default, \(read.withDefault), or a node of its own for the event",
                    .maybe,
                    [read.addingDefault(in: subject)]
                )
            ]
        )
    }

    /// The source does not run on some path.
    private static func skipped(_ read: ValueRead, by detour: Detours.Detour, _ subject: Subject) -> Finding {
        let flow = subject.flow
        let (source, reader) = (flow.nodes[read.source].name, flow.nodes[read.reader].name)
        return subject.finding(
            code,
            "\"\(read.text)\" may be unset here: \"\(source)\" has not run on every path to \"\(reader)\"",
            at: subject.span(of: read.reference, in: read.use),
            help: ["path: \(detour.path.text(in: flow))"],
            fixes: [
                Fix(
                    "add a default, \(read.withDefault), or move the transition behind \"\(source)\"",
                    .maybe,
                    [read.addingDefault(in: subject)]
                )
            ],
            related: detour.skipping.map { edge in
                [subject.related("this transition skips \"\(source)\"", at: flow.span(of: edge))]
            } ?? []
        )
    }

    /// Some run begins in a way that does not give the value.
    private static func beginning(_ read: ValueRead, _ subject: Subject) -> Finding? {
        let (flow, facts) = (subject.flow, subject.facts)
        guard let giving = read.giving else { return nil }
        let last = facts.lastOutcomes(of: read.source, before: read.reader)
        guard last.contains(where: giving.contains), let other = last.first(where: { !giving.contains($0) }) else {
            return nil
        }
        let start = flow.nodes[read.source]
        let isFirst = { (edge: DataFlow.Edge) in edge.from != read.source || edge.outcome == other }
        let path = facts.path(from: read.source, along: isFirst) { $0 == read.reader }
        return subject.finding(
            code,
            "\"\(read.text)\" may be unset here: a run that begins by \"\(start.outcomes[other].name)\" does not have it",
            at: subject.span(of: read.reference, in: read.use),
            help: path.map { ["path: \($0.text(in: flow))"] } ?? [],
            fixes: [
                Fix(
                    "add a default, \(read.withDefault), or report calls and messages by nodes of their own",
                    .maybe,
                    [read.addingDefault(in: subject)]
                )
            ],
            related: [subject.related("such a run comes this way", at: start.transitions[other].span)]
        )
    }
}
