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
