import FlowCore
import FlowDocument

/// Everything that `flowd explain` has a page for: the rules, the flow itself and the node types.
package enum ReferenceIndex {
    /// The page of a rule, by its code or its name, or of a node type; nil for a word without one.
    package static func page(_ word: String, colored: Bool) -> String? {
        if let rule = Rules.named(word) { return Explanation(rule).text(colored: colored) }
        return ReferenceEntry.all.first { $0.name == word }.map { NodePage($0).text(colored: colored) }
    }

    /// What is said of a word without a page: the word that was probably meant, or what pages there are.
    package static func objection(to word: String) -> String {
        let entries = ReferenceEntry.all.map(\.name)
        let guess =
            nearMiss(word.uppercased(), among: Rules.codes.sorted()) ?? nearMiss(word, among: entries)
            ?? nearMiss(word, among: Rules.names)
        let rest =
            guess.map { ". did you mean \"\($0)\"?" }
            ?? ". there are pages on \(entries.joined(separator: ", ")), and on rules such as FD202: \"flowd explain\" lists all"
        return "there is no page on \"\(word)\"" + rest
    }

    /// A line for each page.
    package static var list: String {
        let rules = Rules.all.map { rule in
            (rule.code.id + "  " + padded(rule.code.severity.rawValue, to: 7), rule.summary)
        }
        let entries = ReferenceEntry.all
        let width = entries.map(\.name.count).max() ?? 0
        let nodes = entries.map { (padded($0.name, to: width), $0.summary) }
        func lines(_ rows: [(String, String)]) -> String { rows.map { "\($0.0)  \($0.1)\n" }.joined() }
        return lines(rules) + "\n" + lines(nodes)
    }

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
