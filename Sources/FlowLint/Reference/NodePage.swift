import FlowCore

/// The page that `flowd explain call_forward` prints: keys, outcomes, values and an example.
struct NodePage {
    private let entry: ReferenceEntry

    init(_ entry: ReferenceEntry) {
        self.entry = entry
    }

    /// - Parameter colored: whether the text may hold the colours of a terminal.
    func text(colored: Bool) -> String {
        let paint = Paint(isOn: colored)
        func table(_ title: String, _ rows: [(term: String, paragraphs: [String])]) -> String {
            "\n" + paint(.bold, "\(title):") + "\n\n" + TextColumn.table(rows) { paint(.cyan, $0) }
        }
        var text = paint(.bold, entry.name) + "\n\n"
        text += TextColumn().wrapped(entry.summary).map { $0 + "\n" }.joined()
        if entry.dials {
            text += "The caller waits for every request that can lead to it: those are on the call path.\n"
        }
        if !entry.keys.isEmpty { text += table("Keys", entry.keys.map { ($0.name, Self.paragraphs($0)) }) }
        if !entry.outcomes.isEmpty {
            text += table("Outcomes", entry.outcomes.map { ($0.name, [$0.summary]) })
        }
        if !entry.events.isEmpty {
            text += table("Events", entry.events.map { ($0.name, [$0.summary, "Says: \($0.parameterWords)."]) })
            text +=
                "\nA flow names a node for an event under \"events\"; a side run without a caller begins there, and a "
                + "template reads\nwhat Plivo said: <<\(entry.nodeName).event.\(entry.events[0].parameters.first?.name ?? "Name")>>.\n"
        }
        for group in entry.values {
            let after = group.outcomes.map { " after " + $0.joined(separator: " or ") } ?? ""
            text += table("Values" + after, group.values.map { ($0.name, [Self.line($0)]) })
        }
        if !entry.values.isEmpty {
            text += "\nA template reads a value behind the node's name: <<\(entry.nodeName).\(entry.firstValue)>>.\n"
        }
        if let example = entry.example {
            text += "\n" + paint(.bold, "Example:") + "\n\n" + Explanation.indented(example)
        }
        return text
    }

    private static func paragraphs(_ key: ReferenceEntry.Key) -> [String] {
        let without = key.without.map { $0.hasPrefix("`") ? "; default \($0)" : "; \($0)" } ?? ""
        var paragraphs = [key.takes + without, key.summary]
        if let example = key.example { paragraphs.append("Example: \(example)") }
        return paragraphs
    }

    private static func line(_ value: ValueDescription) -> String {
        var line = value.summary
        if let kind = value.kindWords { line += " (\(kind))" }
        if !value.aliases.isEmpty { line += " Also: \(value.aliases.joined(separator: ", "))." }
        return line
    }
}
