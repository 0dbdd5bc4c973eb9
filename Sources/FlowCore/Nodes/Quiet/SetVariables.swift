import FlowDocument

/// Changes the flow's variables.
struct SetVariables: Node {
    private static let vars = Field(
        "vars",
        .pairs,
        roles: [.variables, .sensitiveSink],
        isRequired: true,
        example: "{greeting: Good evening}",
        "Variables that the flow declares, each with its new text, \(Variable.characters) characters at most. All texts are made before one changes."
    )

    static let description = NodeDescription(
        type: "set",
        summary: "Changes variables of the flow, for this run.",
        fields: [vars],
        outcomes: [Outcome("completed", .neutral, "The variables hold the new texts.")],
        values: [ValueDescription("status", .text, "The outcome: `completed`.")],
        notes: [.cutVariable],
        otherNames: ["setvariables", "setvariable", "setvar", "setattribute", "setattributes", "assign"]
    )

    private let texts: [(variable: Int, name: String, text: Template)]

    init(_ reader: FieldReader) {
        let scope = reader.scope
        let pairs = reader.pairs(Self.vars, escaping: .plain)
        if reader.value(Self.vars)?.entries?.isEmpty == true {
            scope.report(.missingKey, "\"vars\" of \(reader.owner) names no variable", at: reader.span)
        }
        let names = scope.variables.map(\.name)
        texts = pairs.compactMap { pair in
            guard let index = names.firstIndex(of: pair.key) else {
                // An empty key is reported already.
                if !pair.key.isEmpty { Self.reportUnknown(pair, among: names, reader) }
                return nil
            }
            if let text = pair.value.literal, text.count > Variable.characters {
                scope.report(
                    .valueOverLimit,
                    "\"vars.\(pair.key)\" of \(reader.owner) has \(text.count) characters, limit \(Variable.characters)",
                    at: pair.keySpan
                )
            }
            return (index, pair.key, pair.value)
        }
    }

    private static func reportUnknown(_ pair: Pair, among names: [String], _ reader: FieldReader) {
        let key = reader.value(vars)?.entry(pair.key)?.key
        reader.scope.report(
            .unknownKey,
            "\"\(pair.key)\" of \(reader.owner) is not a variable of this flow",
            at: pair.keySpan,
            help: [
                names.isEmpty
                    ? "declare it above the nodes: \"vars\", with the name and its first value"
                    : "variables are \(names.joined(separator: ", "))"
            ],
            fixes: guess(pair.key, among: names) { meant in key.flatMap { reader.scope.document.edit($0, to: meant) } }
        )
    }

    var headline: String { texts.map { "\($0.name): \($0.text.written)" }.joined(separator: ", ") }

    func enter(_ stay: inout Stay) -> Progress {
        let made = texts.map { (variable: $0.variable, name: $0.name, value: stay.datum($0.text)) }
        for (variable, name, value) in made { stay.set(variable, to: kept(value, name, &stay)) }
        return .outcome("completed")
    }
}

extension SetVariables {
    /// A value that is no longer than a variable may be.
    private func kept(_ value: Datum, _ name: String, _ stay: inout Stay) -> Datum {
        let text = stay.revealed(value).rendered
        let kept = String(text.prefix(Variable.characters))
        guard kept.utf8.count < text.utf8.count else { return value }
        stay.note(.cutVariable, name, "\(Variable.characters)")
        if case .sealed = value { return stay.sealed(kept) }
        return .text(kept)
    }
}

extension NoteKind {
    static let cutVariable = NoteKind(
        "cut-variable",
        "\"vars.{0}\" was cut in \"{node}\": more than {1} characters"
    )
}
