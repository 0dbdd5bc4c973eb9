import FlowDocument

/// What a request carries.
enum RequestContent: Sendable {
    case none
    case text(Template)
    case form([(key: String, value: BodyTemplate)])
    case json(BodyTemplate)

    init(_ reader: FieldReader, _ field: Field, isJSON: Bool) {
        guard let value = reader.value(field), value.scalar?.style != .absent else {
            self = .none
            return
        }
        guard value.entries != nil || value.list != nil else {
            let template = reader.parse(value, of: field, key: field.name, escaping: isJSON ? .json : .plain)
            reader.settle(field, as: .text(template))
            self = .text(template)
            return
        }
        let escaping = isJSON ? Escaping.json : .form
        if value.list != nil, !isJSON {
            reader.wrongType(field, value, expected: "key:value pairs or one text")
            self = .none
            return
        }
        reader.settle(field, as: .asWritten)
        let body = reader.body(value, of: field, key: field.name, escaping: escaping, mayNest: isJSON)
        if isJSON {
            self = .json(body)
        } else if case .pairs(let pairs) = body {
            self = .form(pairs)
        } else {
            self = .none
        }
    }

    /// The body and its Content-Type; nil where nothing is sent.
    func render(_ stay: inout Stay) -> (SecretText, type: String)? {
        switch self {
        case .none: return nil
        case .text(let template):
            return (stay.secretText(template, .plain, takesSensitive: true), "text/plain; charset=utf-8")
        case .form(let pairs):
            var text = SecretText()
            for (key, value) in pairs {
                guard case .text(let template) = value else { continue }
                if !text.isEmpty { text.append("&") }
                text.append(Escaping.form.escaped(key) + "=")
                text.append(stay.formText(template, takesSensitive: true))
            }
            return (text, "application/x-www-form-urlencoded")
        case .json(let body):
            var text = SecretText()
            append(body, to: &text, &stay)
            return (text, "application/json")
        }
    }

    private func append(_ body: BodyTemplate, to text: inout SecretText, _ stay: inout Stay) {
        switch body {
        case .text(let template) where template.isJSONValue:
            text.append(stay.secretText(template, .jsonValue, takesSensitive: true))
        case .text(let template):
            text.append("\"")
            text.append(stay.jsonText(template))
            text.append("\"")
        case .list(let items):
            text.append("[")
            for (index, item) in items.enumerated() {
                if index > 0 { text.append(",") }
                append(item, to: &text, &stay)
            }
            text.append("]")
        case .pairs(let pairs):
            text.append("{")
            for (index, pair) in pairs.enumerated() {
                if index > 0 { text.append(",") }
                text.append("\"" + Escaping.json.escaped(pair.key) + "\":")
                append(pair.value, to: &text, &stay)
            }
            text.append("}")
        }
    }
}

extension Stay {
    /// A template whose own words are escaped as its values are.
    mutating func formText(_ template: Template, takesSensitive: Bool) -> SecretText {
        secretText(template.escapingLiterals(.form), .form, takesSensitive: takesSensitive)
    }

    /// For a body, which takes sensitive values.
    mutating func jsonText(_ template: Template) -> SecretText {
        secretText(template.escapingLiterals(.json), .json, takesSensitive: true)
    }
}

extension Template {
    func escapingLiterals(_ escaping: Escaping) -> Template { mappingLiterals(escaping.escaped) }

    func encodingURLCharacters() -> Template {
        let isGood = parts.allSatisfy { part in
            if case .literal(let text) = part { !Percent.holdsForeign(text) } else { true }
        }
        return isGood ? self : mappingLiterals(Percent.encodingForeign)
    }

    private func mappingLiterals(_ change: (String) -> String) -> Template {
        Template(
            parts.map { part in
                guard case .literal(let text) = part else { return part }
                return .literal(change(text))
            }
        )
    }
}
