import FlowDocument

/// Goes on by whether somebody is there: a time zone, ranges by weekday, and dates.
package struct BusinessHours: Node {
    private static let timezone = Field(
        "timezone",
        .literal,
        isRequired: true,
        example: "America/New_York",
        "The time zone by its IANA name."
    )
    private static let hours = Field(
        "hours",
        .lists,
        roles: .openingHours,
        example: "{mon-fri: \"09:00-12:00, 13:00-17:30\", sat: 10:00-14:00}",
        "Days (`mon`, `mon-fri`) with ranges of local time: from the start up to the end. `22:00-06:00` belongs to the day it starts; `24:00` ends a day."
    )
    private static let closed = Field(
        "closed",
        .words,
        roles: .closedDates,
        example: "[2026-12-25]",
        "Dates on which nobody is there, whatever `hours` says."
    )
    private static let special = Field(
        "special",
        .lists,
        example: "{2026-12-24: 09:00-12:00}",
        "Dates with ranges of their own, whatever `closed` and `hours` say."
    )

    package static let description = NodeDescription(
        type: "business_hours",
        summary: "Goes on by whether it is open now, in local time.",
        fields: [timezone, hours, closed, special],
        outcomes: [
            Outcome("open", .good, "It is open."),
            Outcome("closed", .neutral, "It is closed."),
        ],
        values: [
            ValueDescription("local_time", .text, "Now, in local time: `2026-11-01T09:00:00-05:00`."),
            ValueDescription("next_open", .text, "When it opens next, likewise; empty for not within 400 days."),
            ValueDescription(
                "next_close",
                .text,
                "When it closes next, likewise: the opening that is on, else the next one."
            ),
            ValueDescription("weekday", .text, "The day of the week, in local time: `mon` to `sun`."),
            ValueDescription("reason", .text, "What decided: `hours`, `closed` or `special`."),
            ValueDescription("status", .text, "The outcome: `open` or `closed`."),
        ],
        traits: .decides,
        otherNames: [
            "businesshour", "openinghours", "officehours", "workinghours", "hours", "schedule", "timecondition",
            "timeofday",
        ]
    )

    /// What the node says, as far as it could be read.
    package let calendar: OpeningHours
    /// Whether ``calendar`` is all that the node says.
    package let isWhole: Bool
    private let zoneName: String

    package init(_ reader: FieldReader) {
        let hours = HoursReader(reader)
        zoneName = reader.literal(Self.timezone)
        calendar = OpeningHours(
            zone: hours.zone(Self.timezone, zoneName) ?? .utc,
            weekly: hours.weekly(Self.hours),
            closed: hours.dates(Self.closed),
            special: hours.special(Self.special)
        )
        isWhole = !hours.hasFailed
    }

    package var headline: String { zoneName }

    package func enter(_ stay: inout Stay) -> Progress {
        let now = stay.at.milliseconds.floorDivided(by: 1_000).quotient
        let (isOpen, reason) = calendar.state(at: now)
        let next = calendar.next(after: now)
        stay.give("local_time", .text(calendar.text(now)))
        stay.give("next_open", .text(next.open.map(calendar.text) ?? ""))
        stay.give("next_close", .text(next.close.map(calendar.text) ?? ""))
        stay.give("weekday", .text(calendar.weekday(now)))
        stay.give("reason", .text(reason.rawValue))
        return .outcome(isOpen ? "open" : "closed")
    }
}
