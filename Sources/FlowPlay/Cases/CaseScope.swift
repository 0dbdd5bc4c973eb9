import FlowCore
import FlowDocument

/// What is wrong with a test file, in the words of lint, and the checks that every part of it needs.
final class CaseScope {
    let file: String
    private(set) var findings: [Finding] = []

    init(file: String) {
        self.file = file
    }

    func report(
        _ code: Code,
        _ message: String,
        at span: Span,
        help: [String] = [],
        related: [Finding.Related] = []
    ) {
        findings.append(Finding(code, message, file: file, span: span, help: help, related: related))
    }

    func wrongType(_ name: String, _ value: Value, expected: String) {
        let found = value.text.map { $0.isEmpty ? "nothing" : "\"\($0)\"" } ?? value.kind
        report(.wrongType, "expected \(expected) in \"\(name)\", found \(found)", at: value.span)
    }

    /// Reports a `name` that is not among `names`; a word that stands twice among them is named once.
    func unknown(_ name: String, _ what: String, of owner: String, among names: [String], at span: Span) {
        var named: [String] = []
        for name in names where !named.contains(name) { named.append(name) }
        report(
            .unknownKey,
            "unknown \(what) \"\(name)\" in \(owner). expected one of \(named.joined(separator: ", "))",
            at: span,
            help: nearMiss(name, among: names).map { ["did you mean \"\($0)\"?"] } ?? []
        )
    }

    /// The entries of a mapping by key; keys that are none of `names` are findings.
    func keys(_ value: Value, _ names: [String], of owner: String) -> [String: Entry] {
        guard let entries = value.entries else {
            report(.wrongType, "expected key:value pairs in \(owner), found \(value.kind)", at: value.span)
            return [:]
        }
        for entry in entries where !names.contains(entry.key.text) {
            unknown(entry.key.text, "key", of: owner, among: names, at: entry.key.span)
        }
        return Dictionary(entries.map { ($0.key.text, $0) }) { first, _ in first }
    }

    func text(_ value: Value, _ name: String) -> String? {
        guard let text = value.text else {
            wrongType(name, value, expected: "a text")
            return nil
        }
        return text
    }

    func list(_ value: Value, _ name: String) -> [Value]? {
        guard let list = value.list else {
            wrongType(name, value, expected: "a list")
            return nil
        }
        return list
    }

    func pairs(_ value: Value, _ name: String) -> [Entry] {
        guard let entries = value.entries else {
            wrongType(name, value, expected: "key:value pairs")
            return []
        }
        return entries
    }

    /// Texts by name, each with its place.
    func values(_ value: Value, _ name: String) -> [ExpectedValue] {
        pairs(value, name).compactMap { entry in
            text(entry.value, "\(name).\(entry.key.text)").map {
                ExpectedValue(name: entry.key.text, text: $0, span: entry.value.span)
            }
        }
    }

    func wholeNumber(_ value: Value, _ name: String, _ range: ClosedRange<Int>) -> Int? {
        guard let text = value.text, !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(text), range.contains(number)
        else {
            wrongType(name, value, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    /// `2026-12-24T10:00:00-05:00`, or with `Z` for UTC.
    func moment(_ value: Value, _ name: String) -> Timestamp? {
        guard let text = value.text, let moment = Timestamp(rfc3339: text) else {
            wrongType(name, value, expected: "a time such as 2026-12-24T10:00:00-05:00")
            return nil
        }
        return moment
    }

    /// `90`, `3s`, `5m`, `2h`, `1d`, in seconds.
    func seconds(_ value: Value, _ name: String) -> Int? {
        guard let text = value.text, let seconds = DurationText.seconds(text) else {
            wrongType(name, value, expected: "a duration such as 3s, 5m or 2h")
            return nil
        }
        return seconds
    }
}
