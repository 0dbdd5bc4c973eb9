import FlowCore
import FlowDocument

extension CaseReader {
    static let answerKeys = ["status", "json", "body", "type", "retry_after", "after"]

    /// `Report: [500, timeout, {status: 200, json: {…}}]`.
    func answers(_ entry: Entry) -> NodeAnswers? {
        checkRequestNode(entry.key.text, at: entry.key.span)
        let name = "requests.\(entry.key.text)"
        let answers = (entry.value.list ?? [entry.value]).compactMap { answer($0, name) }
        guard !answers.isEmpty || entry.value.list?.isEmpty == true else { return nil }
        return NodeAnswers(
            node: entry.key.text,
            answers: answers,
            repeats: entry.value.list == nil,
            span: entry.key.span
        )
    }

    private func answer(_ value: Value, _ name: String) -> ScriptedAnswer? {
        if let text = value.text {
            switch text {
            case "timeout": return ScriptedAnswer(.timeout)
            case "refused": return ScriptedAnswer(.refused)
            default:
                guard let status = Self.status(text) else {
                    scope.report(
                        .wrongType,
                        "expected a status from 100 to 599, \"timeout\" or \"refused\" in \"\(name)\", found \"\(text)\"",
                        at: value.span,
                        help: nearMiss(text, among: ScriptedAnswer.words).map { ["did you mean \"\($0)\"?"] } ?? []
                    )
                    return nil
                }
                return ScriptedAnswer(.status(status))
            }
        }
        let entries = scope.keys(value, Self.answerKeys, of: "an answer of \"\(name)\"")
        guard value.entries != nil else { return nil }
        var answer = ScriptedAnswer(.status(200))
        if let status = entries["status"]?.value {
            guard let first = self.answer(status, name) else { return nil }
            answer.kind = first.kind
        }
        if let json = entries["json"]?.value {
            answer.body = Datum(written: json).json
            answer.contentType = "application/json"
        }
        if let body = entries["body"]?.value { answer.body = scope.text(body, "body") ?? "" }
        if let type = entries["type"]?.value { answer.contentType = scope.text(type, "type") ?? "" }
        answer.retryAfter = entries["retry_after"].flatMap { scope.seconds($0.value, "retry_after") }
        answer.after = entries["after"].flatMap { scope.seconds($0.value, "after") } ?? 0
        return answer
    }

    private static func status(_ text: String) -> Int? {
        guard text.utf8.count == 3, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let status = Int(text),
            (100...599).contains(status)
        else { return nil }
        return status
    }
}

extension Datum {
    /// What a test file wrote as JSON: plain numbers, `true`, `false` and `null` are those, everything else is text.
    ///
    /// `+14155551234` and `010` are no JSON numbers, so they stay text.
    init(written value: Value) {
        switch value.content {
        case .list(let items): self = .list(items.map { Datum(written: $0) })
        case .mapping(let entries): self = .object(entries.map { Member($0.key.text, Datum(written: $0.value)) })
        case .scalar(let scalar):
            switch (scalar.style, scalar.text) {
            case (.absent, _), (.plain, "null"): self = .null
            case (.plain, "true"): self = .boolean(true)
            case (.plain, "false"): self = .boolean(false)
            case (.plain, let text):
                let parsed = Datum(json: Array("[\(text)]".utf8)) ?? .missing
                if case .number = parsed[0] { self = parsed[0] } else { self = .text(text) }
            case (_, let text): self = .text(text)
            }
        }
    }
}
