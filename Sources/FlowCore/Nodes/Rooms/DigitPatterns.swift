/// Patterns of keys, as `digitsMatch` takes them: digits, `*` and `#`, several by commas.
struct DigitPatterns: Sendable {
    private let template: Template?

    /// Reads a field, and reports what is no pattern in a text without values.
    init(_ reader: FieldReader, _ field: Field) {
        template = reader.template(field)
        guard let text = template?.literal, let value = reader.value(field), !Self.patterns(text).refused.isEmpty else {
            return
        }
        reader.wrongType(field, value, expected: "digits, \"*\" and \"#\", several by commas")
    }

    /// The patterns as Plivo takes them, with a note about what is none.
    func told(_ stay: inout Stay) -> String {
        let (patterns, refused) = Self.patterns(template.map { stay.text($0) } ?? "")
        if let first = refused.first { stay.note(.noDigitPattern, first) }
        return patterns.joined(separator: ",")
    }

    private static func patterns(_ text: String) -> (taken: [String], refused: [String]) {
        let all = text.split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
        let isTaken = { (pattern: String) in pattern.utf8.allSatisfy { "0123456789*#".utf8.contains($0) } }
        return (all.filter(isTaken), all.filter { !isTaken($0) })
    }
}

extension NoteKind {
    static let noDigitPattern = NoteKind(
        "no-digit-pattern",
        "\"{0}\" is made of other characters than digits, \"*\" and \"#\": not reported in \"{node}\""
    )
}
