package import FlowCore

/// The time of day in an answer's `Date` field (RFC 9110, section 5.6.7), made anew once a second.
package struct HTTPDate {
    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private var second: Int64?
    private var text = ""

    package init() {}

    package mutating func text(at time: Timestamp) -> String {
        let second = time.milliseconds / 1_000
        guard second != self.second else { return text }
        let (days, time) = second.quotientAndRemainder(dividingBy: 86_400)
        let date = CivilDate(days: days)
        text =
            "\(Self.weekdays[Int(days % 7)]), \(Self.two(date.day)) \(Self.months[Int(date.month) - 1]) \(date.year) "
            + "\(Self.two(time / 3_600)):\(Self.two(time / 60 % 60)):\(Self.two(time % 60)) GMT"
        self.second = second
        return text
    }

    private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
