import FlowCore

/// `Retry-After` (RFC 9110, section 10.2.3): seconds, or a date.
enum RetryAfter {
    /// Seconds from `now`, 0 for a time that has passed; nil where the text is neither number nor date.
    static func seconds(_ text: String, now: Timestamp) -> Int? {
        let text = text.filter { $0 != "\t" }.split(separator: " ").joined(separator: " ")
        if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return Int(text) ?? Int(Int32.max) }
        guard let date = date(text) else { return nil }
        // Rounded up: the app server asked for not before.
        return max(0, Int((date.milliseconds - now.milliseconds + 999) / 1_000))
    }

    /// Reads IMF-fixdate and the two obsolete forms (RFC 9110, section 5.6.7): a day, a month's name, a year, a time.
    static func date(_ text: String) -> Timestamp? {
        let parts = text.split { " ,-".contains($0) }.map(String.init)
        guard let monthIndex = parts.firstIndex(where: { month($0) != nil }), let month = month(parts[monthIndex]),
            let time = parts.first(where: { $0.contains(":") }), let seconds = secondsOfDay(time)
        else { return nil }
        let numbers = parts.filter { !$0.contains(":") }.compactMap { Int($0) }
        guard numbers.count == 2, (1...31).contains(numbers[0]), let year = year(numbers[1]) else { return nil }
        let days = CivilDate(year: Int64(year), month: Int64(month), day: Int64(numbers[0])).days
        return Timestamp(milliseconds: (days * 86_400 + seconds) * 1_000)
    }

    private static func month(_ text: String) -> Int? {
        let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        return names.firstIndex(of: text.lowercased()).map { $0 + 1 }
    }

    private static func year(_ number: Int) -> Int? {
        switch number {
        case 0...69: 2_000 + number
        case 70...99: 1_900 + number
        case 1_970...9_999: number
        default: nil
        }
    }

    private static func secondsOfDay(_ text: String) -> Int64? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int64($0) ?? -1 }
        // A leap second is 60.
        guard parts.count == 3, (0...23).contains(parts[0]), (0...59).contains(parts[1]), (0...60).contains(parts[2])
        else { return nil }
        return parts[0] * 3_600 + parts[1] * 60 + parts[2]
    }
}
