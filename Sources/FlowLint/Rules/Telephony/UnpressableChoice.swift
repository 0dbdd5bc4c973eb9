import FlowCore
import FlowDocument

/// A choice of a menu that callers cannot make, or do not hear of.
enum UnpressableChoice: Rule {
    static let code = Code.unpressable
    static let summary = "A choice of a menu cannot be pressed, is slow to press, or is not said in the prompt."
    static let why = """
        Plivo sends a choice once it has as many keys as the longest one, or when the caller has paused. Whether it sends \
        \"#\" at all is not known. A choice that the prompt never says is one that nobody makes.
        """
    static let bad = [
        menu("For sales press 1, for the safe press 1 2 3 4 5 6 7 8 9.", "1: end\n↓123456789: end"),
        menu("For sales press 1, for the hotline press 1 2.", "↓1: end\n12: end"),
        menu("For sales press 1.", "1: end\n↓2: end"),
        menu("For sales press 1, to hear this again press pound.", "1: end\n↓\"#\": end"),
    ]
    static let good = [
        menu("For sales press 1, for support press two, for the hotline press 3 3.", "1: end\n2: end\n33: end"),
        menu("Drücken Sie bitte eine Taste.", "1: end", "language: de-DE"),
    ]

    private static func menu(_ prompt: String, _ choices: String, _ more: String = "attempts: 1") -> Example {
        let lines = choices.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
        return Example.nodes(
            """
            Menu:
              type: ivr_menu
              speak: \(prompt)
              \(more)
              transitions:
            \(lines)
                no_input: end
                wrong_input: end
            """
        )
    }

    /// What cannot be pressed at all is found as the file is read.
    static func check(_ subject: Subject) -> [Finding] {
        subject.flow.nodes.flatMap { node -> [Finding] in
            // What nobody answers has cases, and no choices.
            guard !node.plays.isEmpty else { return [] }
            let choices = node.outcomes.indices.filter { node.description.outcome(node.outcomes[$0].name) == nil }
            guard !choices.isEmpty else { return [] }
            let names = choices.map { node.outcomes[$0].name }
            let spoken = spokenText(node, subject)
            return choices.compactMap { index in
                let choice = node.outcomes[index].name
                guard let message = objection(choice, among: names, spoken) else { return nil }
                return subject.finding(code, message, at: node.transitions[index].keySpan, severity: .info)
            }
        }
    }

    private static func objection(_ choice: String, among names: [String], _ spoken: String?) -> String? {
        if let longer = names.first(where: { $0 != choice && $0.hasPrefix(choice) }) {
            return "\"\(choice)\" begins \"\(longer)\", so that a caller who presses it waits for \"digit_timeout\""
        }
        if choice.contains("#") {
            return "whether Plivo sends \"#\" is not known: a digit or \"*\" is a choice that always works"
        }
        guard let spoken, !says(choice, spoken) else { return nil }
        return "the prompt does not say \"\(choice)\""
    }

    /// The prompt in lower case; nil where a part of it cannot be read here: a sound, a value, another language.
    private static func spokenText(_ node: FlowNode, _ subject: Subject) -> String? {
        let languages = node.settings.all(.language).compactMap(\.word)
        let language = languages.isEmpty ? [subject.flow.speech.language] : languages
        guard language.allSatisfy({ $0.hasPrefix("en") }), node.settings.all(.sound).isEmpty else { return nil }
        var text = ""
        for setting in node.settings.all(.prompt) {
            guard let words = setting.templates.first?.literal else { return nil }
            text += " " + words.lowercased()
        }
        return text
    }

    private static func says(_ choice: String, _ spoken: String) -> Bool {
        if spoken.filter({ !$0.isWhitespace && $0 != "-" && $0 != "," }).contains(choice) { return true }
        return choice.allSatisfy { key in names[key]?.contains { spoken.contains($0) } ?? spoken.contains(key) }
    }

    private static let names: [Character: [String]] = [
        "0": ["zero", "oh", "0"], "1": ["one", "1"], "2": ["two", "2"], "3": ["three", "3"], "4": ["four", "4"],
        "5": ["five", "5"], "6": ["six", "6"], "7": ["seven", "7"], "8": ["eight", "8"], "9": ["nine", "9"],
        "*": ["star", "asterisk", "*"],
    ]
}
