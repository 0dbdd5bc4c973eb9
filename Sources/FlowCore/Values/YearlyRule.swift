/// Offsets that come back every year: a POSIX TZ text, `EST5EDT,M3.2.0,M11.1.0` (RFC 9636, section 3.3.1).
struct YearlyRule: Hashable, Sendable {
    /// A day of the year and a time of that day.
    private struct Turn: Hashable, Sendable {
        enum Day: Hashable, Sendable {
            /// 1–365; February 29 is never counted.
            case julian(Int64)
            /// 0–365; February 29 is counted.
            case ordinal(Int64)
            /// A weekday (0 is Sunday) of a week (5 is the last) of a month.
            case weekday(month: Int64, week: Int64, day: Int64)
        }

        let day: Day
        /// Seconds from midnight by the clocks as they were before; may lie outside the day.
        let time: Int64

        /// Seconds since 1970 by the clocks as they were before.
        func seconds(in year: Int64) -> Int64 {
            let newYear = CivilDate(year: year, month: 1, day: 1).days
            let days: Int64
            switch day {
            case .julian(let day):
                let isLeap = CivilDate(year: year, month: 3, day: 1).days - newYear == 60
                days = newYear + day - 1 + (isLeap && day >= 60 ? 1 : 0)
            case .ordinal(let day): days = newYear + day
            case .weekday(let month, let week, let day):
                let first = CivilDate(year: year, month: month, day: 1).days
                let next = CivilDate(year: month == 12 ? year + 1 : year, month: month % 12 + 1, day: 1).days
                // 1970-01-01 was a Thursday.
                let weekday = (first + 4).floorDivided(by: 7).remainder
                var found = first + (day - weekday + 7).floorDivided(by: 7).remainder + (week - 1) * 7
                while found >= next { found -= 7 }
                days = found
            }
            return days * 86_400 + time
        }
    }

    private let standard: Int64
    private let summer: Int64
    /// nil where the offset never changes.
    private let turns: Turns?

    private struct Turns: Hashable, Sendable {
        let begin: Turn
        let end: Turn
    }

    init?(_ text: String) {
        var reader = POSIXReader(text)
        guard reader.skipName(), let west = reader.time() else { return nil }
        standard = -west
        guard !reader.isAtEnd else {
            summer = standard
            turns = nil
            return
        }
        guard reader.skipName() else { return nil }
        if reader.isAt(",") {
            summer = standard + 3_600
        } else {
            guard let west = reader.time() else { return nil }
            summer = -west
        }
        guard let begin = reader.turn(), let end = reader.turn(), reader.isAtEnd else { return nil }
        turns = Turns(begin: begin, end: end)
    }

    func offset(at seconds: Int64) -> Int64 {
        let year = CivilDate(days: seconds.floorDivided(by: 86_400).quotient).year
        return changes(in: year - 1...year + 1).last { $0.at <= seconds }?.offset ?? standard
    }

    func changes(after start: Int64, upTo end: Int64) -> [ZoneRules.Change] {
        guard turns != nil, start < end else { return [] }
        let years = [start, end].map { CivilDate(days: $0.floorDivided(by: 86_400).quotient).year }
        return changes(in: years[0] - 1...years[1] + 1).filter { start < $0.at && $0.at <= end }
    }

    /// In the order of time.
    private func changes(in years: ClosedRange<Int64>) -> [ZoneRules.Change] {
        guard let turns else { return [] }
        return years.flatMap { year in
            [
                ZoneRules.Change(at: turns.begin.seconds(in: year) - standard, offset: summer),
                ZoneRules.Change(at: turns.end.seconds(in: year) - summer, offset: standard),
            ]
        }.sorted { $0.at < $1.at }
    }

    /// Reads the parts of a POSIX TZ text.
    private struct POSIXReader {
        private var rest: Substring.UTF8View

        init(_ text: String) {
            rest = text[...].utf8
        }

        var isAtEnd: Bool { rest.isEmpty }

        func isAt(_ character: Unicode.Scalar) -> Bool { rest.first == UInt8(ascii: character) }

        private mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard isAt(character) else { return false }
            rest.removeFirst()
            return true
        }

        private mutating func number() -> Int64? {
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            guard (1...3).contains(digits.count) else { return nil }
            rest = rest.dropFirst(digits.count)
            return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
        }

        /// `EST`, or `<-03>`.
        mutating func skipName() -> Bool {
            if take("<") {
                rest = rest.drop { $0 != UInt8(ascii: ">") }
                return take(">")
            }
            let letters = rest.prefix { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }
            rest = rest.dropFirst(letters.count)
            return letters.count >= 3
        }

        /// `5`, `-5:45`, `167`, in seconds.
        mutating func time() -> Int64? {
            let sign: Int64 = take("-") ? -1 : 1
            if sign == 1 { _ = take("+") }
            guard let hours = number() else { return nil }
            var seconds = hours * 3_600
            for unit: Int64 in [60, 1] where take(":") {
                guard let number = number() else { return nil }
                seconds += number * unit
            }
            return sign * seconds
        }

        /// `,M3.2.0/2`.
        mutating func turn() -> Turn? {
            guard take(","), let day = day() else { return nil }
            guard take("/") else { return Turn(day: day, time: 7_200) }
            return time().map { Turn(day: day, time: $0) }
        }

        private mutating func day() -> Turn.Day? {
            if take("J") { return number().flatMap { (1...365).contains($0) ? .julian($0) : nil } }
            guard take("M") else { return number().flatMap { (0...365).contains($0) ? .ordinal($0) : nil } }
            guard let month = number(), take("."), let week = number(), take("."), let day = number(),
                (1...12).contains(month), (1...5).contains(week), (0...6).contains(day)
            else { return nil }
            return .weekday(month: month, week: week, day: day)
        }
    }
}
