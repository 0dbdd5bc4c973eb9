import FlowDocument

/// A rule as SARIF describes it: a `reportingDescriptor`.
enum SARIFRule {
    static func json(_ rule: any Rule.Type) -> JSON {
        .object([
            ("id", .text(rule.code.id)),
            ("name", .text(rule.code.name)),
            ("shortDescription", .object([("text", .text(rule.summary))])),
            ("fullDescription", .object([("text", .text(rule.why))])),
            ("help", .object([("text", .text(text(rule))), ("markdown", .text(markdown(rule)))])),
            ("defaultConfiguration", .object([("level", .text(level(rule.code.severity)))])),
            ("properties", properties(rule.code)),
        ])
    }

    static func level(_ severity: Finding.Severity) -> String {
        switch severity {
        case .error: "error"
        case .warning: "warning"
        case .info: "note"
        }
    }

    // MARK: What GitHub shows beside a finding

    private static func text(_ rule: any Rule.Type) -> String {
        "\(rule.why)\n\nflowd explain \(rule.code.id) shows a flow that has it, and one that does not."
    }

    private static func markdown(_ rule: any Rule.Type) -> String {
        var text = escaped(rule.why) + "\n"
        if let bad = rule.bad.first { text += "\nBad:\n\n" + block(bad) }
        if let good = rule.good.first { text += "\nGood:\n\n" + block(good) }
        return text + "\n`flowd explain \(rule.code.id)` says it in a terminal.\n"
    }

    private static func block(_ example: Example) -> String {
        let text = example.shown.hasSuffix("\n") ? example.shown : example.shown + "\n"
        return "```\(example.format.rawValue)\n\(text)```\n"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("<", with: "&lt;").replacing("*", with: "\\*")
    }

    // MARK: What GitHub sorts and filters by

    private static func properties(_ code: Code) -> JSON {
        .object([
            ("tags", .list(tag(code).map { [.text($0)] } ?? [])),
            ("precision", .text(code.severity == .info ? "medium" : code.severity == .warning ? "high" : "very-high")),
            ("problem.severity", .text(code.severity == .info ? "recommendation" : code.severity.rawValue)),
        ])
    }

    /// The hundreds of a code say what it is about.
    private static func tag(_ code: Code) -> String? {
        switch code.id.prefix(3) {
        case "FD1": "file"
        case "FD2": "graph"
        case "FD3": "data-flow"
        case "FD4": "telephony"
        case "FD5": "requests"
        case "FD6": "security"
        case "FD7": "hygiene"
        default: nil
        }
    }
}
