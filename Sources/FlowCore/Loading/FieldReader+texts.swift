import FlowDocument

/// Texts in lists and behind names.
extension FieldReader {
    /// A text in which no value may stand, or a list of such, each with its place.
    func words(_ field: Field) -> [(text: String, span: Span)] {
        guard let value = value(field), value.scalar?.style != .absent else { return [] }
        settle(field, as: .asWritten)
        return (value.list ?? [value]).compactMap { item in
            guard let text = item.text else {
                wrongType(field, item, expected: "a text or a list of texts")
                return nil
            }
            return refuseTemplate(in: item, prefix + field.name)
                ? nil : (TemplateParser.unescaped(text), item.span)
        }
    }

    /// A text with templates, or a list of such.
    func texts(_ field: Field, escaping: Escaping = .plain) -> [Template] {
        guard let value = value(field) else { return [] }
        settle(field, as: .asWritten)
        return (value.list ?? [value]).compactMap { item in
            guard item.scalar != nil else {
                wrongType(field, item, expected: "a text or a list of texts")
                return nil
            }
            return parse(item, of: field, key: prefix + field.name, escaping: escaping)
        }
    }

    /// Names with texts: a text by itself is a list of one.
    func lists(_ field: Field) -> [(key: Key, texts: [String])] {
        guard let value = value(field) else { return [] }
        guard let entries = value.entries else {
            wrongType(field, value, expected: "names with lists of texts")
            return []
        }
        return entries.map { entry in
            let items = entry.value.list ?? [entry.value]
            return (
                entry.key,
                items.compactMap { item in
                    guard let text = item.text else {
                        wrongType(field, item, expected: "a text")
                        return nil
                    }
                    refuseTemplate(in: item, "\(prefix)\(field.name).\(entry.key.text)")
                    return text
                }
            )
        }
    }

    /// Names with texts in which no value may stand.
    func literals(_ field: Field) -> [(key: Key, text: String)] {
        guard let value = value(field), value.scalar?.style != .absent else { return [] }
        guard let entries = value.entries else {
            wrongType(field, value, expected: "names with texts")
            return []
        }
        settle(field, as: .asWritten)
        return entries.compactMap { entry in
            let name = "\(prefix)\(field.name).\(entry.key.text)"
            guard let text = entry.value.text else {
                scope.report(
                    .wrongType,
                    "expected a text in \"\(name)\", found \(entry.value.kind)",
                    at: entry.value.span
                )
                return nil
            }
            refuseTemplate(in: entry.value, name)
            return (entry.key, TemplateParser.unescaped(text))
        }
    }
}
