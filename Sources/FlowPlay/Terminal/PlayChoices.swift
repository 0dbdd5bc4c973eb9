import FlowCore

/// What may happen next in a played call, in the words of the node that is awaited, and of those that the run has left.
struct PlayChoices {
    /// nil where nothing is awaited any more.
    private let node: FlowNode?
    private let steps: [PlayStep]
    /// Whether Plivo told the end of the call.
    private let isOver: Bool

    /// - Parameter left: nodes behind the run of which Plivo may still report something.
    init(_ node: FlowNode?, left: [FlowNode] = [], isOver: Bool = false) {
        self.node = node
        self.isOver = isOver
        var steps = node?.plays ?? []
        for step in left.flatMap(\.plays) where !step.movesTurn && !steps.contains(where: { $0.key == step.key }) {
            steps.append(step)
        }
        self.steps = steps
    }

    /// The words that are offered, those first that end the turn.
    var words: [String] {
        let sorted = steps.filter(\.movesTurn) + steps.filter { !$0.movesTurn }
        let own = sorted.flatMap { step in
            switch step.input {
            case .words(let words): words.map(\.name).filter { $0 != Incident.hangup }
            case .text(let examples): examples.prefix(1).map { "\(step.key): \($0.name)" }
            case .nothing: [step.key]
            }
        }
        return own + (isOver ? [] : [Incident.hangup]) + ["wait 3s", "again", "end"]
    }

    /// Every word with its meaning, a line each.
    var explanation: String {
        var lines: [(String, String)] = []
        for step in steps {
            switch step.input {
            case .words(let words):
                lines += words.filter { $0.name != Incident.hangup }.map { ($0.name, Self.meaning($0)) }
            case .text(let examples):
                lines.append(("\(step.key): …", step.summary))
                lines += examples.map { ("\(step.key): \($0.name)", Self.meaning($0)) }
            case .nothing(let word): lines.append((step.key, Self.meaning(word)))
            }
        }
        lines += PlayVocabulary.hangups.map { word in
            (
                word.name == "completed" ? Incident.hangup : "\(Incident.hangup) \(word.name)",
                "the call is over: \(word.summary)"
            )
        }
        lines += documents.map { ($0, "Plivo fetches the document behind \($0)") }
        lines += [
            ("wait 3s", "time passes, with all that is due in it"), ("again", "Plivo sends the last webhook once more"),
            ("end", "ends the play"),
        ]
        let width = lines.map(\.0.count).max() ?? 0
        return lines.map { word, meaning in
            "  \(word)\(String(repeating: " ", count: width - word.count))  \(meaning)\n"
        }.joined()
    }

    private static func meaning(_ word: PlayWord) -> String {
        word.summary + (word.outcome.map { " (-> \($0))" } ?? "")
    }

    private var documents: [String] {
        (node?.description.callbacks ?? []).filter { $0.answer == .document }.map(\.attribute)
    }

    /// What a line says, or nil where it says nothing that can happen now.
    func action(_ line: String) -> CaseStep.Action? {
        let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
        let rest = parts.count > 1 ? parts[1].trimmingBlanks : ""
        switch (parts.first ?? "", rest) {
        case ("again", ""): return .again
        case ("wait", let time): return DurationText.seconds(time).map { .wait($0) }
        case (Incident.hangup, ""): return .incident(Incident(Incident.hangup, "completed"))
        case (Incident.hangup, let word) where PlayVocabulary.hangups.contains { $0.name == word }:
            return .incident(Incident(Incident.hangup, word))
        case (let word, "") where documents.contains(word): return .incident(Incident(Incident.fetch, word))
        default: return step(line)
        }
    }

    /// A word of the node by itself, or behind its key: `busy`, `dial: busy`, `press 1`.
    private func step(_ line: String) -> CaseStep.Action? {
        for step in steps {
            let behindKey: String? =
                line.hasPrefix(step.key) ? String(line.dropFirst(step.key.count).drop { $0 == ":" || $0 == " " }) : nil
            switch step.input {
            case .words(let words):
                if let word = words.first(where: { $0.name == line || $0.name == behindKey }) {
                    return .incident(Incident(step.key, word.name))
                }
            case .text: if let behindKey, !behindKey.isEmpty { return .incident(Incident(step.key, behindKey)) }
            case .nothing: if behindKey == "" { return .incident(Incident(step.key, "")) }
            }
        }
        return nil
    }

    /// Whether Plivo acts on the answer to what happened.
    static func isAnswered(_ incident: Incident) -> Bool {
        if incident.key == Incident.fetch { return true }
        return PlayVocabulary.steps.contains { $0.key == incident.key && $0.movesTurn }
    }
}
