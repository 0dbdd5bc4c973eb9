import FlowDocument

/// Patterns, and phrases in a list.
extension FieldReader {
    /// A pattern for a whole text; nil where the key is left out, or has a finding.
    func pattern(_ field: Field) -> Pattern? {
        guard let value = scalar(field, expecting: "a pattern"), let text = value.text else { return nil }
        guard !refuseTemplate(in: value, "\(prefix)\(field.name)") else { return nil }
        guard !text.isEmpty else {
            checkFilled(field)
            return nil
        }
        do throws(PatternFailure) {
            let pattern = try Pattern(text)
            settle(field, as: .word(text))
            return pattern
        } catch {
            scope.report(
                .wrongType,
                "expected a pattern in \"\(prefix)\(field.name)\", found \"\(text)\": \(error.message)",
                at: error.range.map { scope.document.span(ofUTF8: $0, in: value) } ?? value.span
            )
            return nil
        }
    }

    /// Texts in a list, or between commas.
    func phrases(_ field: Field) -> [String] {
        guard case .phrases(let limit, let characters) = field.kind else {
            preconditionFailure("\(field.name) does not take phrases")
        }
        guard let value = value(field) else { return [] }
        let items = value.list ?? [value]
        let texts = items.flatMap { item -> [String] in
            guard let text = item.text else {
                wrongType(field, item, expected: "a text")
                return []
            }
            guard !refuseTemplate(in: item, "\(prefix)\(field.name)") else { return [] }
            let parts = value.list == nil ? text.split(separator: ",").map { String($0).trimmed } : [text.trimmed]
            let phrases = parts.filter { !$0.isEmpty }
            for phrase in phrases where phrase.count > characters {
                scope.report(
                    .valueOverLimit,
                    "a phrase of \"\(prefix)\(field.name)\" has \(phrase.count) characters, limit \(characters)",
                    at: item.span
                )
            }
            return phrases
        }
        if texts.count > limit {
            scope.report(
                .valueOverLimit,
                "\"\(prefix)\(field.name)\" has \(texts.count) phrases, limit \(limit)",
                at: value.span
            )
        }
        settle(field, as: .asWritten)
        return texts
    }
}
