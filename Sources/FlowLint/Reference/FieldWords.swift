import FlowCore

/// What a key takes, in words for a reference page.
struct FieldWords {
    private let field: Field

    init(_ field: Field) {
        self.field = field
    }

    /// A phrase with units and ranges: `whole number, 1 to 600 seconds`.
    var takes: String {
        switch field.kind {
        case .text(let limit?): "text with templates, \(limit) characters at most"
        case .text(nil): "text with templates"
        case .literal: "text without templates"
        case .wholeNumber(let range, _) where range.count == 1: "`\(range.lowerBound)`"
        case .wholeNumber(let range, let unit): "whole number, \(range.lowerBound) to \(range.upperBound) \(unit)"
        case .wholeNumberOr(let word, let range, let unit):
            "`\(word)`, or a whole number, \(range.lowerBound) to \(range.upperBound) \(unit)"
        case .decimal(let range): "decimal number, \(Int(range.lowerBound)) to \(Int(range.upperBound))"
        case .boolean: "`true` or `false`"
        case .choice(let words): "one of " + words.map { "`\($0)`" }.joined(separator: " ")
        case .sound(let words):
            "URL of a sound or of a Plivo XML document, with templates"
                + words.map { ", or `\($0)`" }.joined()
        case .url: "http or https URL; templates in its path and query"
        case .targets: "phone numbers and `sip:` URIs with templates: comma-separated text, or a list"
        case .numbers: "phone numbers without templates: comma-separated text, or a list"
        case .pairs: "key:value pairs; templates in the values"
        case .body: "key:value pairs, or one text; templates in the values"
        case .group: "keys of its own: `\(shape)`"
        case .wordOrGroup(let word, _): "`\(word)`, or keys of its own: `\(shape)`"
        case .phrases(let limit, let characters):
            "comma-separated text or a list: \(limit) phrases of \(characters) characters at most"
        case .lists: "names, each with a text or a list of texts"
        case .words: "text without templates, or a list of such"
        case .texts: "text with templates, or a list of such"
        case .namedGroups: "names, each with keys of its own: `\(shape)`"
        case .literals: "names, each with a text without templates"
        case .nodes: "nodes by name"
        case .list: "list of groups: `[\(shape)]`"
        }
    }

    /// `required`, the default, or nil where the key may be left out and nothing stands for it.
    var without: String? {
        if field.isRequired { return "required" }
        guard let fallback = field.defaultText else { return nil }
        return field.defaultOnCallPath.map { "`\(fallback)`, on the call path `\($0)`" } ?? "`\(fallback)`"
    }

    /// The keys inside the value.
    var parts: [Field] { field.fields }

    /// What stands before the name of a part: `screening.`, and `ignore[].` for a list.
    var prefix: String {
        switch field.kind {
        case .list: "\(field.name)[]."
        case .namedGroups: "\(field.name).<name>."
        default: "\(field.name)."
        }
    }

    /// The value as an author may write it: `{speak: …, key: 1}`.
    private var shape: String {
        let members = parts.map { part in
            let words = FieldWords(part)
            return "\(part.name): \(words.parts.isEmpty ? part.example ?? part.defaultText ?? "…" : words.shape)"
        }
        return "{" + members.joined(separator: ", ") + "}"
    }
}
