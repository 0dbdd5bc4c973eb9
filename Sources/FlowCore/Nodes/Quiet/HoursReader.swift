import FlowDocument

/// Reads a time zone, ranges of the day and dates, and reports what is wrong with them.
final class HoursReader {
    private let reader: FieldReader
    private var scope: FlowScope { reader.scope }
    /// Whether something could not be read.
    private(set) var hasFailed = false

    private static let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    private static let day: Int64 = 86_400

    init(_ reader: FieldReader) {
        self.reader = reader
    }

    private func report(_ message: String, at span: Span, help: [String] = [], fixes: [Fix] = []) {
        hasFailed = true
        scope.report(.badHours, message, at: span, help: help, fixes: fixes)
    }

    // MARK: The zone

    func zone(_ field: Field, _ name: String) -> ZoneRules? {
        guard let value = reader.value(field), !name.isEmpty else {
            hasFailed = true
            return nil
        }
        // A template has its finding already.
        if TemplateParser.holdsTemplate(value.text ?? "") { return nil }
        if let zone = ZoneDatabase.zone(name) { return zone }
        guard ZoneDatabase.isThere else {
            report("the time zones of this machine are missing: install the package tzdata", at: value.span)
            return nil
        }
        let names = ZoneDatabase.names
        let plain = { (text: String) in text.lowercased().filter { $0.isLetter } }
        let meant =
            nearMiss(name, among: names)
            ?? names.first { plain($0) == plain(name) || plain($0).hasSuffix(plain(name)) && plain(name).count > 3 }
        report(
            "\"\(name)\" is not a time zone: expected an IANA name, as \"America/New_York\"",
            at: value.span,
            fixes: meant.map { [Fix(meant: $0, scope.document.edit(value, to: $0))] } ?? []
        )
        return nil
    }

    // MARK: Ranges

    func weekly(_ field: Field) -> [[OpeningHours.DayRange]] {
        var weekly = Array(repeating: [OpeningHours.DayRange](), count: 7)
        for (key, texts) in entries(field) {
            guard let days = days(key) else { continue }
            let ranges = ranges(texts)
            for day in days {
                for (range, span) in ranges { add(range, to: &weekly[day], at: span) }
            }
        }
        return weekly
    }

    func special(_ field: Field) -> [Int64: [OpeningHours.DayRange]] {
        var special: [Int64: [OpeningHours.DayRange]] = [:]
        for (key, texts) in entries(field) {
            guard let date = date(key.text, at: key.span) else { continue }
            for (range, span) in ranges(texts) { add(range, to: &special[date, default: []], at: span) }
        }
        return special
    }

    /// The names behind a key, each with the texts that stand there.
    private func entries(_ field: Field) -> [(key: Key, texts: [Value])] {
        guard let value = reader.value(field), value.scalar?.style != .absent else { return [] }
        guard let entries = value.entries else {
            hasFailed = true
            reader.wrongType(field, value, expected: "days with ranges of time")
            return []
        }
        reader.settle(field, as: .asWritten)
        return entries.map { ($0.key, $0.value.list ?? [$0.value]) }
    }

    private func add(_ range: OpeningHours.DayRange, to ranges: inout [OpeningHours.DayRange], at span: Span) {
        if ranges.contains(where: { $0.start < range.end && range.start < $0.end }) {
            report("a range overlaps another one of the same day", at: span)
        }
        ranges.append(range)
    }

    private func ranges(_ texts: [Value]) -> [(range: OpeningHours.DayRange, span: Span)] {
        texts.flatMap { value -> [(OpeningHours.DayRange, Span)] in
            guard let text = value.text else {
                report("expected ranges of time, found \(value.kind)", at: value.span)
                return []
            }
            if reader.refuseTemplate(in: value, reader.prefix + "hours") {
                hasFailed = true
                return []
            }
            let parts = CommaPart.parts(of: text)
            if parts.isEmpty { reportRange("", at: value.span) }
            return parts.compactMap { part in
                let span = reader.span(of: part, in: value)
                guard let range = Self.range(part.text) else {
                    reportRange(part.text, at: span)
                    return nil
                }
                return (range, span)
            }
        }
    }

    private func reportRange(_ text: String, at span: Span) {
        let word = text.lowercased()
        let isClosed = ["", "closed", "none", "off", "-"].contains(word)
        report(
            text.isEmpty
                ? "a range of time is missing: expected one as \"09:00-17:30\""
                : "\"\(text)\" is not a range of time: expected one as \"09:00-17:30\"",
            at: span,
            help: isClosed
                ? ["leave the day out of \"hours\", or put the date into \"closed\""]
                : word.hasSuffix("m") ? ["hours are counted to 24: 5 pm is \"17:00\""] : []
        )
    }

    /// `09:00-17:30`; an end before the start is the next day's.
    private static func range(_ text: String) -> OpeningHours.DayRange? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { time(String($0).trimmed) }
        guard ends.count == 2, let start = ends[0], let end = ends[1], start < day, start != end else { return nil }
        return OpeningHours.DayRange(start: start, end: end > start ? end : end + day)
    }

    /// `9:00` to `24:00`, in seconds.
    private static func time(_ text: String) -> Int64? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let hours = Int64(parts[0]), let minutes = Int64(parts[1]), minutes < 60,
            hours < 24 || hours == 24 && minutes == 0
        else { return nil }
        return hours * 3_600 + minutes * 60
    }

    // MARK: Days and dates

    /// `mon`, or `mon-fri`, as indices from Monday; `fri-mon` goes over the weekend.
    private func days(_ key: Key) -> [Int]? {
        let parts = key.text.split(separator: "-", omittingEmptySubsequences: false).map { String($0).trimmed }
        let days = parts.compactMap(OpeningHours.weekdays.firstIndex)
        guard (1...2).contains(parts.count), days.count == parts.count else {
            let meant = parts.map(Self.weekday).compactMap(\.self)
            report(
                "\"\(key.text)\" is not a day: expected \(OpeningHours.weekdays.joined(separator: ", ")), or a range as \"mon-fri\"",
                at: key.span,
                fixes: meant.count == parts.count
                    ? [
                        Fix(
                            meant: meant.joined(separator: "-"),
                            scope.document.edit(key, to: meant.joined(separator: "-"))
                        )
                    ] : []
            )
            return nil
        }
        guard days.count == 2 else { return days }
        return (0..<7).map { (days[0] + $0) % 7 }.prefix(through: days[1])
    }

    /// `mon` for `Monday`.
    private static func weekday(_ text: String) -> String? {
        let word = text.lowercased()
        guard word.count >= 2 else { return nil }
        return names.firstIndex { $0.hasPrefix(word) || word.hasPrefix($0) }.map { OpeningHours.weekdays[$0] }
            ?? nearMiss(word, among: OpeningHours.weekdays)
    }

    func dates(_ field: Field) -> Set<Int64> {
        Set(reader.words(field).compactMap { date($0.text, at: $0.span) })
    }

    /// A date, in days since 1970.
    private func date(_ text: String, at span: Span) -> Int64? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2],
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let year = Int64(parts[0]), let month = Int64(parts[1]), let day = Int64(parts[2])
        else {
            report("\"\(text)\" is not a date: expected one as \"2026-12-25\"", at: span)
            return nil
        }
        let date = CivilDate(year: year, month: month, day: day)
        guard (1...12).contains(month), (1...31).contains(day), CivilDate(days: date.days) == date else {
            report("there is no \(text)", at: span)
            return nil
        }
        return date.days
    }
}

extension Array<Int> {
    /// Up to an element, that one included.
    fileprivate func prefix(through element: Int) -> [Int] {
        firstIndex(of: element).map { Array(self[...$0]) } ?? self
    }
}
