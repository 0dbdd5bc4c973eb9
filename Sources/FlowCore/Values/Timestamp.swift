/// A moment, in milliseconds since 1970 (UTC).
///
/// It always comes in with an event; nothing here reads a clock.
package struct Timestamp: Hashable, Sendable {
    package var milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    package static func + (lhs: Self, seconds: Int) -> Self {
        Timestamp(milliseconds: lhs.milliseconds + Int64(seconds) * 1_000)
    }

    /// The whole seconds from `earlier` to here, never below 0: clocks are set back.
    package func seconds(since earlier: Timestamp) -> Int {
        max(0, Int((milliseconds - earlier.milliseconds) / 1_000))
    }
}

extension Timestamp: Comparable {
    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.milliseconds < rhs.milliseconds }
}

extension Timestamp {
    /// The date, UTC.
    package var date: CivilDate { CivilDate(days: milliseconds.floorDivided(by: 86_400_000).quotient) }

    /// As Plivo writes times: `2026-04-08 11:34:33`, UTC.
    package var plivo: String { text(separator: " ", milliseconds: false) }

    /// RFC 3339 with milliseconds: `2026-04-08T11:34:33.238Z`.
    package var iso8601: String { text(separator: "T", milliseconds: true) + "Z" }

    /// Reads what ``iso8601`` wrote: `2026-04-08T11:34:33.238Z`.
    package init?(iso8601 text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 24, bytes[23] == UInt8(ascii: "Z") else { return nil }
        func number(_ range: Range<Int>) -> Int64? {
            var number: Int64 = 0
            for byte in bytes[range] {
                guard (0x30...0x39).contains(byte) else { return nil }
                number = number * 10 + Int64(byte - 0x30)
            }
            return number
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            let thousandth = number(20..<23)
        else { return nil }
        let days = Self.days(year: year, month: month, day: day)
        self.init(milliseconds: (((days * 24 + hour) * 60 + minute) * 60 + second) * 1_000 + thousandth)
    }

    /// Reads a time of RFC 3339 with whole seconds: `2026-12-24T10:00:00-05:00`, `2026-12-24T15:00:00Z`; also what
    /// ``iso8601`` wrote.
    package init?(rfc3339 text: String) {
        // Whatever is written another way than it would be written here is none.
        if let moment = Timestamp(iso8601: text), moment.iso8601 == text {
            self = moment
            return
        }
        let whole = text.prefix(19)
        let zone = text.dropFirst(19)
        guard let local = Timestamp(iso8601: whole + ".000Z"), local.iso8601.prefix(19) == whole else { return nil }
        if zone == "Z" {
            self = local
            return
        }
        let parts = zone.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        guard zone.first == "+" || zone.first == "-", parts.map(\.utf8.count) == [2, 2],
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let hours = Int(parts[0]), let minutes = Int(parts[1]), hours < 24, minutes < 60
        else { return nil }
        self = local + (zone.first == "-" ? 1 : -1) * (hours * 60 + minutes) * 60
    }

    /// The day of a Gregorian date, counted from 1970-01-01.
    ///
    /// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
    package static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = shifted.floorDivided(by: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private func text(separator: Character, milliseconds withMilliseconds: Bool) -> String {
        let (days, ofDay) = milliseconds.floorDivided(by: 86_400_000)
        let date = CivilDate(days: days)
        let seconds = ofDay / 1_000
        var text = "\(date.text)\(separator)"
        text += "\(padded(seconds / 3_600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
        if withMilliseconds { text += ".\(padded(ofDay % 1_000, 3))" }
        return text
    }

    private func padded(_ number: Int64, _ width: Int) -> String { number.padded(to: width) }
}

extension Int64 {
    /// With zeros in front.
    func padded(to width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }
}
