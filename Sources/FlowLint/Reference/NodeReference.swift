import FlowCore

/// The flow's keys and all node types on one page, in Markdown.
package enum NodeReference {
    package static var markdown: String {
        """
        # The nodes of a flow

        Generated from the descriptions that flowd itself reads by; `flowd explain` with the name of a type shows one in a
        terminal. [flows.md](flows.md) tells how a flow is written. A template reads a value behind the name that the flow
        gives to the node: `<<Start.call.from>>` for the value `call.from` of the node `Start`. A value that is not set is the
        empty text. A phone number is E.164 with its `+`; a time is UTC and written as Plivo writes it,
        `2026-04-08 11:34:33`. An event begins a side run at the node that the flow names for it under `events`; it has no
        caller, and reads what Plivo said as `<<Forward.event.DialBLegUUID>>`.

        """ + ReferenceEntry.all.map(section).joined()
    }

    private static func section(_ entry: ReferenceEntry) -> String {
        var text = "\n## \(entry.name)\n\n\(entry.summary)\n"
        if entry.dials {
            text += "The caller waits for every request that can lead to it: those are on the call path.\n"
        }
        if !entry.keys.isEmpty {
            text += table(["key", "takes", "default", "meaning"], entry.keys.map(row))
        }
        if !entry.outcomes.isEmpty {
            text += table(["outcome", "when"], entry.outcomes.map { ["`\($0.name)`", $0.summary] })
        }
        if !entry.events.isEmpty {
            text += table(
                ["event", "when", "says"],
                entry.events.map { ["`\($0.name)`", $0.summary, $0.parameterWords] }
            )
        }
        if !entry.values.isEmpty {
            text += table(["value", "kind", "holds", "set after"], entry.values.flatMap(rows))
        }
        if let example = entry.example { text += "\n```yaml\n\(example)```\n" }
        return text
    }

    private static func row(_ key: ReferenceEntry.Key) -> [String] {
        let example = key.example.map { " Example: `\($0)`" } ?? ""
        return ["`\(key.name)`", key.takes, key.without ?? "–", key.summary + example]
    }

    private static func rows(_ group: ReferenceEntry.ValueGroup) -> [[String]] {
        let after = group.outcomes.map { names in names.map { "`\($0)`" }.joined(separator: ", ") } ?? "any outcome"
        return group.values.map { value in
            let aliases = value.aliases.map { "`\($0)`" }.joined(separator: ", ")
            let names = "`\(value.name)`" + (aliases.isEmpty ? "" : ", also \(aliases)")
            return [names, value.kindWords ?? "text", value.summary, after]
        }
    }

    private static func table(_ titles: [String], _ rows: [[String]]) -> String {
        let lines =
            [titles, titles.map { _ in "---" }] + rows.map { row in row.map { $0.replacing("|", with: "\\|") } }
        return "\n" + lines.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
    }
}
