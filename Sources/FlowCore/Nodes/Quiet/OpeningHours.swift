/// When somebody is there: ranges of local time by weekday, closed dates, and special ones.
package struct OpeningHours: Hashable, Sendable {
    /// Seconds from the midnight that begins the day; an end behind 24:00 lies in the next day.
    package struct DayRange: Hashable, Sendable {
        package let start: Int64
        package let end: Int64
    }

    /// What decided whether it is open.
    package enum Reason: String, Sendable {
        case hours, closed, special
    }

    /// Days for which the next opening and closing are looked for.
    private static let days: Int64 = 400
    private static let secondsPerDay: Int64 = 86_400
    package static let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    package var zone: ZoneRules
    /// By weekday, from Monday.
    package var weekly: [[DayRange]]
    /// Days since 1970.
    package var closed: Set<Int64>
    /// By day since 1970.
    package var special: [Int64: [DayRange]]

    package init(
        zone: ZoneRules,
        weekly: [[DayRange]] = Array(repeating: [], count: 7),
        closed: Set<Int64> = [],
        special: [Int64: [DayRange]] = [:]
    ) {
        self.zone = zone
        self.weekly = weekly
        self.closed = closed
        self.special = special
    }

    /// Whether nobody is ever there, whatever the day.
    package var isNeverOpen: Bool { weekly.allSatisfy(\.isEmpty) && special.values.allSatisfy(\.isEmpty) }

    /// Whether it is open at a moment, in seconds since 1970, and what says so.
    package func state(at seconds: Int64) -> (isOpen: Bool, reason: Reason) {
        let (day, time) = local(seconds).floorDivided(by: Self.secondsPerDay)
        let (today, reason) = ranges(of: day)
        if today.contains(where: { $0.start <= time && time < $0.end }) { return (true, reason) }
        // What began the day before belongs to that day.
        let (before, reasonBefore) = ranges(of: day - 1)
        if before.contains(where: { time + Self.secondsPerDay < $0.end }) { return (true, reasonBefore) }
        return (false, reason)
    }

    /// The first moments behind one at which it opens, and at which it closes; nil for none within 400 days.
    package func next(after seconds: Int64) -> (open: Int64?, close: Int64?) {
        let end = seconds + Self.days * Self.secondsPerDay
        var found: (open: Int64?, close: Int64?) = (nil, nil)
        var isOpen = state(at: seconds).isOpen
        var start = seconds
        while start < end, found.open == nil || found.close == nil {
            let stop = min(start + 7 * Self.secondsPerDay, end)
            for moment in moments(after: start, upTo: stop) {
                let isOpenThen = state(at: moment).isOpen
                if isOpenThen, !isOpen, found.open == nil { found.open = moment }
                if !isOpenThen, isOpen, found.close == nil { found.close = moment }
                isOpen = isOpenThen
            }
            start = stop
        }
        return found
    }

    /// `2026-11-01T09:00:00-05:00`: a moment in local time, with the offset of that moment.
    package func text(_ seconds: Int64) -> String {
        let offset = zone.offset(at: seconds)
        let local = Timestamp(milliseconds: (seconds + offset) * 1_000).iso8601.prefix(19)
        let minutes = abs(offset) / 60
        func two(_ number: Int64) -> String { (number < 10 ? "0" : "") + String(number) }
        return local + (offset < 0 ? "-" : "+") + two(minutes / 60) + ":" + two(minutes % 60)
    }

    /// `mon`, by the local date of a moment.
    package func weekday(_ seconds: Int64) -> String {
        Self.weekdays[Self.weekday(of: local(seconds).floorDivided(by: Self.secondsPerDay).quotient)]
    }

    // MARK: Parts

    /// Seconds since 1970 as the zone's clocks count them.
    private func local(_ seconds: Int64) -> Int64 { seconds + zone.offset(at: seconds) }

    /// 0 for Monday; 1970-01-01 was a Thursday.
    private static func weekday(of day: Int64) -> Int { Int((day + 3).floorDivided(by: 7).remainder) }

    private func ranges(of day: Int64) -> (ranges: [DayRange], reason: Reason) {
        if let special = special[day] { return (special, .special) }
        if closed.contains(day) { return ([], .closed) }
        return (weekly[Self.weekday(of: day)], .hours)
    }

    /// The moments at which it can open or close, in the order of time: bounds of ranges, and changes of the clocks.
    private func moments(after start: Int64, upTo end: Int64) -> [Int64] {
        let first = local(start).floorDivided(by: Self.secondsPerDay).quotient - 2
        let last = local(end).floorDivided(by: Self.secondsPerDay).quotient + 1
        let bounds = (first...last).flatMap { day in
            ranges(of: day).ranges.flatMap { range in
                [range.start, range.end].flatMap { moments(of: day * Self.secondsPerDay + $0) }
            }
        }
        let all = bounds + zone.changes(after: start, upTo: end)
        return all.filter { start < $0 && $0 <= end }.sorted()
    }

    /// The moments at which the zone's clocks show a time: none where it is left out, two where it comes twice.
    private func moments(of local: Int64) -> [Int64] {
        let around = [local - Self.secondsPerDay, local + Self.secondsPerDay].map { zone.offset(at: $0) }
        return Set(around).map { local - $0 }.filter { self.local($0) == local }
    }
}
