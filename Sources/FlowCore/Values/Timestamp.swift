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
        var text = "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))\(separator)"
        text += "\(padded(seconds / 3_600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
        if withMilliseconds { text += ".\(padded(ofDay % 1_000, 3))" }
        return text
    }

    private func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
