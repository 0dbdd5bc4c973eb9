import FlowCore

/// The part of a schema that one ``Field`` asks for.
///
/// flowd reads every scalar as the text that was written. An editor has made `30`, `true` or `+14155550100` a number or a
/// boolean before it looks at the schema, so wherever a text can stand, those can too.
enum FieldSchema {
    static func reference(_ name: String) -> JSON { .object([("$ref", .text("#/$defs/\(name)"))]) }

    static let definitions: [(String, JSON)] = [
        ("text", types("string", "number", "boolean", "null")),
        ("required-text", types("string", "number", "boolean")),
        ("target", .object([("type", types), ("minLength", .number(1))])),
        (
            "pairs",
            .object([("type", .list([.text("object"), .text("null")])), ("additionalProperties", reference("text"))])
        ),
        (
            "body",
            .object([
                (
                    "anyOf",
                    .list([
                        reference("text"),
                        .object([("type", .text("array")), ("items", reference("body"))]),
                        .object([("type", .text("object")), ("additionalProperties", reference("body"))]),
                    ])
                )
            ])
        ),
    ]

    private static let types = JSON.list([.text("string"), .text("number"), .text("boolean")])

    private static func types(_ names: String...) -> JSON { .object([("type", .list(names.map(JSON.text)))]) }

    static func of(_ field: Field) -> JSON {
        var members: [(String, JSON)] = [("description", .text(field.summary))]
        if let text = field.defaultText, field.defaultOnCallPath == nil {
            members.append(("default", plain(text, field.kind)))
        }
        if let text = field.example { members.append(("examples", .list([plain(text, field.kind)]))) }
        return .object(members + constraints(field.kind, isRequired: field.isRequired))
    }

    private static func constraints(_ kind: Field.Kind, isRequired: Bool) -> [(String, JSON)] {
        let text = isRequired ? "required-text" : "text"
        switch kind {
        case .text(let limit?):
            return [("$ref", .text("#/$defs/\(text)")), ("$comment", .text("at most \(limit) characters"))]
        case .text(nil), .sound, .literal: return [("$ref", .text("#/$defs/\(text)"))]
        case .wholeNumber(let range, _):
            return [
                (
                    "anyOf",
                    .list([
                        .object([
                            ("type", .text("integer")), ("minimum", .number(range.lowerBound)),
                            ("maximum", .number(range.upperBound)),
                        ]),
                        .object([("type", .text("string")), ("pattern", .text("^[0-9]+$"))]),
                    ])
                )
            ]
        case .wholeNumberOr(let word, let range, let unit):
            let number = JSON.object(constraints(.wholeNumber(range, unit: unit), isRequired: isRequired))
            return [("anyOf", .list([.object([("const", .text(word))]), number]))]
        case .decimal(let range):
            return [
                (
                    "anyOf",
                    .list([
                        .object([
                            ("type", .text("number")), ("minimum", .number(Int(range.lowerBound))),
                            ("maximum", .number(Int(range.upperBound))),
                        ]),
                        .object([("type", .text("string")), ("pattern", .text("^[0-9]+([.][0-9]+)?$"))]),
                    ])
                )
            ]
        case .boolean:
            return [("enum", .list([.boolean(true), .boolean(false), .text("true"), .text("false")]))]
        case .choice(let words): return [("enum", .list(words.flatMap(spellings)))]
        case .url: return [("type", .text("string")), ("pattern", .text("^[Hh][Tt][Tt][Pp][Ss]?://"))]
        case .targets, .numbers:
            return [
                (
                    "anyOf",
                    .list([
                        reference("required-text"),
                        .object(
                            [("type", .text("array")), ("items", reference("required-text"))]
                                + (isRequired ? [("minItems", .number(1))] : [])
                        ),
                    ])
                )
            ]
        case .pairs: return [("$ref", .text("#/$defs/pairs"))]
        case .body: return [("$ref", .text("#/$defs/body"))]
        case .group(let fields): return group(fields)
        case .wordOrGroup(let word, let fields):
            return [("anyOf", .list([.object([("const", .text(word))]), .object(group(fields))]))]
        case .phrases(let limit, _):
            let list = JSON.object([
                ("type", .text("array")), ("items", reference("required-text")), ("maxItems", .number(limit)),
            ])
            return [("anyOf", .list([reference("required-text"), list]))]
        case .lists:
            let texts = JSON.object([
                (
                    "anyOf",
                    .list([reference("text"), .object([("type", .text("array")), ("items", reference("text"))])])
                )
            ])
            return [("type", .text("object")), ("additionalProperties", texts)]
        case .texts, .words:
            let list = JSON.object([("type", .text("array")), ("items", reference("text")), ("minItems", .number(1))])
            return [("anyOf", .list([reference("text"), list]))]
        case .namedGroups(let fields):
            return [("type", .text("object")), ("additionalProperties", .object(group(fields)))]
        case .literals:
            return [
                ("type", .list([.text("object"), .text("null")])),
                ("propertyNames", .object([("pattern", .text("^[^\\x00-/:-@\\[-^`{-\\x7f]+$"))])),
                ("additionalProperties", reference("text")),
            ]
        case .nodes: return [("type", .text("object"))]
        case .list(let fields): return [("type", .text("array")), ("items", .object(group(fields)))]
        }
    }

    private static func group(_ fields: [Field]) -> [(String, JSON)] {
        let required = fields.filter(\.isRequired).map { JSON.text($0.name) }
        return [
            ("type", .text("object")),
            ("properties", .object(fields.map { ($0.name, of($0)) })),
            ("required", .list(required)),
            ("additionalProperties", .boolean(false)),
        ]
    }

    /// A word as an editor may have read it.
    private static func spellings(_ word: String) -> [JSON] {
        if let number = Int(word), String(number) == word { return [.text(word), .number(number)] }
        if word == "true" || word == "false" { return [.text(word), .boolean(word == "true")] }
        return [.text(word)]
    }

    private static func plain(_ text: String, _ kind: Field.Kind) -> JSON {
        switch kind {
        case .wholeNumber: Int(text).map(JSON.number) ?? .text(text)
        case .boolean: .boolean(text == "true")
        case .numbers where text.hasPrefix("["): .list([.text(String(text.dropFirst().dropLast()))])
        default: .text(text)
        }
    }
}
