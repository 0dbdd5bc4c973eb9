import FlowCore
import FlowDocument

/// A case of a branch that no call ever takes.
enum DeadCase: Rule {
    static let code = Code.deadCase
    static let summary = "A case of a branch can never be the first to hold, or compares numbers with what is none."
    static let why = """
        Cases are tried in the order in which they are written, and the first that holds decides. What stands behind a \
        wider case is never reached, and calls go another way than the author thinks.
        """
    static let bad = [
        branch("abroad: {starts_with: \"+4\"}\n↓berlin: {starts_with: \"+4930\"}", "abroad: Say, berlin: Say"),
        branch("long: {at_least: 10}\n↓longer: {at_least: 20}", "long: Say, longer: Say"),
        branch("↓nobody: {equals: a, starts_with: b}", "nobody: Say"),
        branch("↓long: {at_least: ten}", "long: Say"),
        branch("↓no_match: {equals: a}", "no_match: Say"),
    ]
    static let good = [
        branch(
            "berlin: {starts_with: \"+4930\"}\nabroad: {starts_with: \"+4\"}\nlong: {at_least: 10}",
            "berlin: Say, abroad: Say, long: Say"
        )
    ]

    private static func branch(_ cases: String, _ transitions: String) -> Example {
        let lines = cases.split(separator: "\n").map { "    \($0)\n" }.joined()
        let rest = transitions.hasPrefix("no_match") ? "" : ", no_match: Say"
        return .nodes(
            "ByCaller:\n  type: branch\n  value: <<Start.params.Choice>>\n  cases:\n\(lines)  transitions: {\(transitions)\(rest)}\nSay:\n  type: play_audio\n  speak: Hello.\n  transitions: end"
        )
    }
}
