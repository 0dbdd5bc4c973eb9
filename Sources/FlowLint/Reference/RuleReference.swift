import FlowDocument

/// All rules on one page, in Markdown.
package enum RuleReference {
    package static var markdown: String {
        var text = """
            # What flowd lint finds

            Generated from the rules themselves; `flowd explain FD202` shows one of them in a terminal.
            An error keeps a flow from being served. A warning fails with `--strict`. An info never fails.
            A warning or an info that is meant is silenced where it stands, with a reason:
            `# flowd: ignore[FD204] the caller is gone by then`, on its line or alone on the line above (a text of several
            lines counts as on its first line); in JSON
            `"ignore": [{"code": "FD204", "node": "Forward", "reason": "…"}]` at the top. An error cannot be silenced.

            | code | name | | finds |
            |---|---|---|---|

            """
        for rule in Rules.all {
            let code = rule.code
            text +=
                "| [\(code.id)](#\(code.id.lowercased())-\(code.name)) | \(code.name) | \(code.severity.rawValue) | \(rule.summary) |\n"
        }
        for rule in Rules.all { text += "\n" + section(rule) }
        return text
    }

    private static func section(_ rule: any Rule.Type) -> String {
        var text = "## \(rule.code.id) \(rule.code.name)\n\n"
        text += "\(rule.summary)\n\n\(rule.why)\n"
        if let bad = rule.bad.first {
            let own = Linter.lint(bad.files.sources).findings.first { $0.code == rule.code }
            text += "\n" + block(bad, title: "Bad")
            if let own { text += "\n> \(own.severity.rawValue)[\(own.code.id)]: \(escaped(own.message))\n" }
        }
        if let good = rule.good.first { text += "\n" + block(good, title: "Good") }
        return text
    }

    private static func block(_ example: Example, title: String) -> String {
        let text = example.shown.hasSuffix("\n") ? example.shown : example.shown + "\n"
        return "\(title):\n\n```\(example.format.rawValue)\n\(text)```\n"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("<", with: "&lt;").replacing("*", with: "\\*")
    }
}
