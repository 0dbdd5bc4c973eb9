import FlowCore
import FlowDocument

extension CaseReader {
    private static let stepKeys = ["expect"] + PlayVocabulary.keys + ["wait", "again"]

    func step(_ value: Value) -> CaseStep? {
        if let word = value.text {
            switch word {
            case "again": return CaseStep(.again, span: value.span)
            case Incident.hangup: return CaseStep(.incident(Incident(Incident.hangup, "completed")), span: value.span)
            case _ where PlayVocabulary.steps.contains { $0.key == word && $0.isBare }:
                return CaseStep(.incident(Incident(word, "")), span: value.span)
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
            return incident(entry.key.text, entry.value).map { CaseStep(.incident($0), span: value.span) }
        }
    }

    private func incident(_ key: String, _ value: Value) -> Incident? {
        let words = PlayVocabulary.words(of: key)
        guard let word = value.text else {
            guard value.entries != nil, key != Incident.fetch else {
                scope.wrongType(key, value, expected: "one of \((words ?? []).joined(separator: ", "))")
                return nil
            }
            return incident(key, parameters: scope.values(value, key))
        }
        if let words, !words.contains(word) {
            scope.report(
                .unknownOutcome,
                "expected one of \(words.joined(separator: ", ")) in \"\(key)\", found \"\(word)\"",
                at: value.span,
                help: nearMiss(word, among: words).map { ["did you mean \"\($0)\"?"] } ?? []
            )
            return nil
        }
        return Incident(key, word)
    }

    /// Plivo's own parameters; the word is what they say themselves.
    private func incident(_ key: String, parameters: [ExpectedValue]) -> Incident {
        let named = PlayVocabulary.parameter(of: key)
        let said = parameters.first { $0.name == named }?.text ?? ""
        return Incident(
            key,
            PlayVocabulary.word(of: key, said: said),
            Parameters(parameters.map { ($0.name, $0.text) })
        )
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
        guard let known = Verb.elements.first(where: { $0.key == key }) else { return nil }
        let rings = known.name == "Dial"
        var element = AnswerPattern.Element(known.name, span: entry.key.span)
        if let text = entry.value.text {
            if rings {
                element.targets = Expected(Self.split(text), span: entry.value.span)
            } else if !text.isEmpty {
                element.text = Expected(text, span: entry.value.span)
            }
            return element
        }
        for (name, part) in scope.keys(entry.value, [rings ? "to" : "text"] + known.attributes, of: "\"\(key)\"") {
            if rings, name == "to" {
                let items = part.value.list ?? [part.value]
                let texts = items.compactMap { scope.text($0, "to") }
                element.targets = Expected(texts.flatMap(Self.split), span: part.value.span)
            } else if let text = scope.text(part.value, name) {
                if name == "text" {
                    element.text = Expected(text, span: part.value.span)
                } else if known.attributes.contains(name) {
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
