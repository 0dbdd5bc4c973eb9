import FlowCore
import FlowDocument

/// Writes a case as an author would, so that what was played or recorded becomes a test.
package struct CaseWriter: Sendable {
    private let flow: String

    /// - Parameter flow: the flow's name.
    package init(flow: String) {
        self.flow = flow
    }

    /// A whole test file.
    package func text(_ items: [CallCase]) -> String {
        "flow: \(Self.scalar(flow))\ncases:\n"
            + items.map { lines($0).map { "  \($0)\n" }.joined() }.joined(separator: "\n")
    }

    /// One case, a line each; the first begins with `- `, and none is indented for the list.
    func lines(_ item: CallCase) -> [String] {
        var lines = ["- name: \(Self.scalar(item.name))", "  " + begin(item)]
        let more = item.parameters.pairs.filter { pair in
            !Self.implied.contains(pair.name) && !Self.keys(item.kind).contains { $0.parameter == pair.name }
        }
        if let at = item.at { lines.append("  at: \(at.iso8601)") }
        if !more.isEmpty { lines.append("  params: {\(Self.pairs(more.map { ($0.name, $0.value) }))}") }
        if !item.steps.isEmpty { lines += ["  steps:"] + item.steps.flatMap { step($0).map { "    \($0)" } } }
        if !item.answers.isEmpty {
            lines.append("  requests:")
            for answers in item.answers { lines.append("    \(Self.scalar(answers.node)): \(self.answers(answers))") }
        }
        return lines + end(item.expected)
    }

    /// Parameters that every call has.
    private static let implied: Set = ["CallStatus", "Event"]

    private static func keys(_ kind: RunID.Kind) -> [(key: String, parameter: String)] {
        kind == .call ? CaseReader.callKeys : CaseReader.messageKeys
    }

    private func begin(_ item: CallCase) -> String {
        let pairs = Self.keys(item.kind).compactMap { key, parameter in item.parameters[parameter].map { (key, $0) } }
        return "\(item.kind == .call ? "call" : "message"): {\(Self.pairs(pairs))}"
    }

    // MARK: Steps

    private func step(_ step: CaseStep) -> [String] {
        switch step.action {
        case .again: return ["- again"]
        case .wait(let seconds): return ["- wait: \(seconds)s"]
        case .expect(let pattern): return expect(pattern)
        case .incident(let incident):
            guard !incident.parameters.isEmpty else {
                return ["- \(incident.key)" + (incident.word.isEmpty ? "" : ": \(Self.scalar(incident.word))")]
            }
            return [
                "- \(incident.key): {\(Self.pairs(incident.parameters.pairs.map { ($0.name, $0.value) }))}"
            ]
        }
    }

    private func expect(_ pattern: AnswerPattern) -> [String] {
        guard let first = pattern.elements.first else { return ["- expect: nothing"] }
        if pattern.elements.count == 1, first.name == "Hangup" {
            return ["- expect: \(first.attributes.contains { $0.text == "rejected" } ? "rejected" : "hangup")"]
        }
        return ["- expect:"]
            + pattern.elements.map { element in
                var pairs: [String] = []
                if let targets = element.targets {
                    pairs.append("to: [\(targets.content.map(Self.scalar).joined(separator: ", "))]")
                }
                if let text = element.text { pairs.append("text: \(Self.scalar(text.content))") }
                pairs += element.attributes.map { "\($0.name): \(Self.scalar($0.text))" }
                return "    \(element.key): {\(pairs.joined(separator: ", "))}"
            }
    }

    // MARK: Answers and the end

    private func answers(_ answers: NodeAnswers) -> String {
        let texts = answers.answers.map(answer)
        return answers.repeats ? texts.first ?? "[]" : "[\(texts.joined(separator: ", "))]"
    }

    private func answer(_ answer: ScriptedAnswer) -> String {
        let word: String =
            switch answer.kind {
            case .status(let status): String(status)
            case .timeout: "timeout"
            case .refused: "refused"
            // A case knows two ways to get no answer; which words a courier had for it is no matter.
            case .error(let words): words.contains("timed out") ? "timeout" : "refused"
            }
        var pairs: [(String, String)] = []
        if !answer.body.isEmpty { pairs.append(("body", answer.body)) }
        if !answer.contentType.isEmpty { pairs.append(("type", answer.contentType)) }
        if let seconds = answer.retryAfter { pairs.append(("retry_after", "\(seconds)s")) }
        if answer.after > 0 { pairs.append(("after", "\(answer.after)s")) }
        return pairs.isEmpty ? word : "{\(Self.pairs([("status", word)] + pairs))}"
    }

    private func end(_ end: ExpectedEnd) -> [String] {
        var lines: [String] = []
        if let path = end.path { lines.append("    path: \(path.content.text)") }
        if let outcome = end.outcome { lines.append("    outcome: \(outcome.content)") }
        if !end.values.isEmpty {
            lines.append("    values:")
            lines += end.values.map { "      \(Self.scalar($0.name)): \(Self.scalar($0.text))" }
        }
        if let sides = end.sideRuns, !sides.isEmpty {
            lines.append("    side_runs:")
            for side in sides {
                var pairs = [("event", side.event.content)]
                if let path = side.path { pairs.append(("path", path.content.text)) }
                if let outcome = side.outcome { pairs.append(("outcome", outcome.content)) }
                lines.append("      - {\(Self.pairs(pairs))}")
            }
        }
        return lines.isEmpty ? [] : ["  expect:"] + lines
    }

    // MARK: Text

    private static func pairs(_ pairs: [(String, String)]) -> String {
        pairs.map { "\(scalar($0.0)): \(scalar($0.1))" }.joined(separator: ", ")
    }

    /// Plain where that is the same text in every place, else in quotes.
    static func scalar(_ text: String) -> String {
        let isPlain =
            !text.isEmpty && text.first != "-" && text.first != " " && text.last != " "
            && text.unicodeScalars.allSatisfy { scalar in
                switch scalar {
                case "a"..."z", "A"..."Z", "0"..."9", "+", "-", "_", ".", "/", " ": true
                default: false
                }
            }
        if isPlain { return text }
        guard text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
            return "'" + text.replacing("'", with: "''") + "'"
        }
        var quoted = ""
        JSONText.append(text, to: &quoted)
        return quoted
    }
}
