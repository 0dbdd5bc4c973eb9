import FlowCore
import FlowDocument

/// Opening hours that cannot be told, or that nobody keeps.
enum BadHours: Rule {
    static let code = Code.badHours
    static let summary = "A time zone, a range of time or a date of business_hours is none, or it is never open."
    static let why = """
        A node that cannot tell the time sends every caller one way. Ranges that overlap are mostly a slip, such as a \
        day that stands in two lines.
        """
    static let bad = [
        hours("timezone: ↓America/NewYork\nhours: {mon-fri: 09:00-17:00}"),
        hours("timezone: Europe/Berlin\nhours: {mon-fri: \"09:00-12:00, ↓9am-5pm\"}"),
        hours("timezone: Europe/Berlin\nhours:\n  mon-fri: 09:00-17:00\n  fri: ↓13:00-15:00"),
        hours("timezone: Europe/Berlin\nhours: {mon-fri: 09:00-17:00}\nclosed: [↓2026-02-30]"),
        Example(
            """
            version: 1
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Hours
              ↓Hours:
                type: business_hours
                timezone: Europe/Berlin
                closed: [2026-12-25]
                transitions: {open: Say, closed: Say}
              Say:
                type: play_audio
                speak: Hello.
                transitions: end
            """
        ),
    ]
    static let good = [
        hours(
            """
            timezone: America/New_York
            hours:
              mon-fri: 09:00-12:00, 13:00-17:30
              fri: 22:00-06:00
            closed: [2026-12-25]
            special:
              2026-12-24: 09:00-12:00
            """
        )
    ]

    private static func hours(_ keys: String) -> Example {
        let lines = keys.split(separator: "\n").map { "  \($0)\n" }.joined()
        return .nodes(
            "Hours:\n  type: business_hours\n\(lines)  transitions: {open: Say, closed: Say}\n"
                + "Say:\n  type: play_audio\n  speak: Hello.\n  transitions: end"
        )
    }

    static func check(_ subject: Subject) -> [Finding] {
        subject.flow.nodes.flatMap { node -> [Finding] in
            guard let hours = node.behavior as? BusinessHours, hours.isWhole else { return [] }
            let calendar = hours.calendar
            if calendar.isNeverOpen {
                return [
                    subject.finding(
                        code,
                        "\"\(node.name)\" is never open: it has no range of time",
                        at: node.nameSpan,
                        severity: .warning,
                        help: ["write \"hours\", such as {mon-fri: 09:00-17:30}"]
                    )
                ]
            }
            guard let today = subject.today, let dates = node.setting(.closedDates)?.entry,
                let last = (Array(calendar.closed) + Array(calendar.special.keys)).max(), last < today.days
            else { return [] }
            return [
                subject.finding(
                    code,
                    "all dates of \"\(node.name)\" are past: the last one was \(CivilDate(days: last).text)",
                    at: dates.key.span,
                    severity: .info,
                    help: ["write the dates of this year"]
                )
            ]
        }
    }
}
