import FlowCore
import FlowDocument

extension CaseReader {
    private static let stepKeys = ["expect", "dial", "leg", "hangup", "fetch", "wait", "again"]

    func step(_ value: Value) -> CaseStep? {
        if let word = value.text {
            switch word {
            case "again": return CaseStep(.again, span: value.span)
            case "hangup": return CaseStep(.incident(Incident(.hangup, "completed")), span: value.span)
            default:
                scope.unknown(word, "step", of: "\"steps\"", among: Self.stepKeys, at: value.span)
                return nil
            }
        }
        guard let entries = value.entries, entries.count == 1, let entry = entries.first else {
            scope.report(.wrongType, "a step is one key and its value, such as \"dial: busy\"", at: value.span)
            return nil
        }
        guard Self.stepKeys.contains(entry.key.text) else {
            scope.unknown(entry.key.text, "step", of: "\"steps\"", among: Self.stepKeys, at: entry.key.span)
            return nil
        }
        switch entry.key.text {
        case "expect": return pattern(entry.value).map { CaseStep(.expect($0), span: value.span) }
        case "wait": return scope.seconds(entry.value, "wait").map { CaseStep(.wait($0), span: value.span) }
        case "again": return CaseStep(.again, span: value.span)
        default:
            guard let kind = Incident.Kind(rawValue: entry.key.text) else { return nil }
            return incident(kind, entry.value).map { CaseStep(.incident($0), span: value.span) }
        }
    }

    private func incident(_ kind: Incident.Kind, _ value: Value) -> Incident? {
        let words = Incident.words(of: kind)
        guard let word = value.text else {
            guard value.entries != nil, kind != .fetch else {
                scope.wrongType(kind.rawValue, value, wants: "one of \(words.joined(separator: ", "))")
                return nil
            }
            return incident(kind, parameters: scope.values(value, kind.rawValue))
        }
        guard words.contains(word) else {
            scope.report(
                .unknownOutcome,
                "\"\(kind.rawValue)\" is one of \(words.joined(separator: ", ")), and \"\(word)\" is none",
                at: value.span,
                help: nearMiss(word, among: words).map { ["did you mean \"\($0)\"?"] } ?? []
            )
            return nil
        }
        return Incident(kind, word)
    }

    /// Plivo's own parameters; the word is what they say themselves.
    private func incident(_ kind: Incident.Kind, parameters: [ExpectedValue]) -> Incident {
        let named = kind == .dial ? "DialStatus" : kind == .leg ? "DialAction" : "CallStatus"
        let word = parameters.first { $0.name == named }?.text ?? ""
        return Incident(kind, word == "answer" ? "answered" : word, Parameters(parameters.map { ($0.name, $0.text) }))
    }

    // MARK: What is expected

    func pattern(_ value: Value) -> AnswerPattern? {
        if let word = value.text {
            if let pattern = AnswerPattern.word(word, span: value.span) { return pattern }
            scope.unknown(
                word,
                "answer",
                of: "\"expect\"",
                among: AnswerPattern.words + AnswerPattern.elements,
                at: value.span
            )
            return nil
        }
        let entries = scope.keys(value, AnswerPattern.elements, of: "\"expect\"")
        guard value.entries != nil else { return nil }
        let elements = (value.entries ?? []).filter { entries[$0.key.text] != nil }
        return AnswerPattern(elements.compactMap { element($0) }, span: value.span)
    }

    private func element(_ entry: Entry) -> AnswerPattern.Element? {
        let key = entry.key.text
        guard AnswerPattern.elements.contains(key) else { return nil }
        var element = AnswerPattern.Element(key.prefix(1).uppercased() + key.dropFirst(), span: entry.key.span)
        if let text = entry.value.text {
            if key == "dial" {
                element.targets = Expected(Self.split(text), span: entry.value.span)
            } else if !text.isEmpty {
                element.text = Expected(text, span: entry.value.span)
            }
            return element
        }
        let names = AnswerPattern.attributes(of: key)
        let inside = key == "dial" ? "to" : "text"
        for (name, part) in scope.keys(entry.value, [inside] + names, of: "\"\(key)\"") {
            if name == "to", key == "dial" {
                let items = part.value.list ?? [part.value]
                let texts = items.compactMap { scope.text($0, "to") }
                element.targets = Expected(texts.flatMap(Self.split), span: part.value.span)
            } else if let text = scope.text(part.value, name), name == "text" || names.contains(name) {
                if name == "text" {
                    element.text = Expected(text, span: part.value.span)
                } else {
                    element.attributes.append(ExpectedValue(name: name, text: text, span: part.value.span))
                }
            }
        }
        element.attributes.sort { $0.span.start < $1.span.start }
        return element
    }

    private static func split(_ text: String) -> [String] {
        text.split(separator: ",").map { String($0).trimmingBlanks }
    }
}
