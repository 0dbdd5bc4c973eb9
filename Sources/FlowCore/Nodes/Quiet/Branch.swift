import FlowDocument

/// Goes on by the first of its cases that holds.
struct Branch: Node {
    /// The outcome where no case holds.
    static let noMatch = "no_match"

    private static let value = Field(
        "value",
        .text(),
        roles: .sensitiveSink,
        example: "<<Start.call.from>>",
        "The text that the cases look at, where they have none of their own."
    )
    private static let cases = Field(
        "cases",
        .namedGroups(BranchCase.fields),
        isRequired: true,
        example: "{vip: {one_of: [+14155550111, +14155550112]}}",
        "Cases by name (`a` to `z`, digits, `_`), tried in this order. All tests of a case have to hold."
    )

    static let description = NodeDescription(
        type: "branch",
        summary: "Goes on by the first of its cases that holds.",
        fields: [value, cases],
        outcomes: [Outcome(noMatch, .neutral, "No case holds.")],
        values: [
            ValueDescription("case", .text, "The name of the case that holds; empty where none does."),
            ValueDescription(
                "value",
                .text,
                "The text that was looked at: that of the case that holds, else the node's."
            ),
            ValueDescription("status", .text, "The outcome: the name of the case, or `no_match`."),
        ],
        traits: .decides,
        notes: [.noNumber],
        exampleChoices: ["vip"],
        otherNames: [
            "split", "splitbasedon", "condition", "conditional", "conditionalbranch", "switch", "if", "router",
            "choice",
        ]
    )

    let outcomes: [Outcome]
    private let value: Template?
    private let cases: [BranchCase]

    init(_ reader: FieldReader) {
        value = reader.template(Self.value)
        let hasValue = reader.value(Self.value) != nil || reader.isMistyped(Self.value)
        cases = reader.namedGroups(Self.cases, BranchCase.fields).map { key, group in
            BranchCase(key, group, hasOuterValue: hasValue)
        }
        if reader.value(Self.cases)?.entries?.isEmpty == true {
            reader.scope.report(.missingKey, "\"cases\" of \(reader.owner) names no case", at: reader.span)
        }
        outcomes =
            cases.filter { $0.name != Self.noMatch }
            .map { Outcome($0.name, .neutral, "The case \($0.name) holds.") } + Self.description.outcomes
        CaseOrder(cases, value: value).report(to: reader)
    }

    var headline: String { value?.written ?? cases.first?.value?.written ?? "" }

    func enter(_ stay: inout Stay) -> Progress {
        stay.clearValues()
        var node = Looked(value)
        for item in cases {
            var own = item.value.map { Looked($0) } ?? node
            let holds = item.holds(&own, &stay)
            if item.value == nil { node = own }
            guard holds else { continue }
            stay.give("case", .text(item.name))
            stay.give("value", own.quietly(&stay))
            return .outcome(item.name)
        }
        if value != nil { stay.give("value", node.quietly(&stay)) }
        return .outcome(Self.noMatch)
    }
}

/// A text that cases look at, made where the first test asks for it.
struct Looked {
    private let template: Template?
    private var made: Datum?

    init(_ template: Template?) {
        self.template = template
    }

    /// The text, with a note for each value that is not there; it may be sensitive, and is only for comparisons.
    mutating func text(_ stay: inout Stay) -> String {
        let value = value(&stay)
        return stay.revealed(value).rendered
    }

    /// The text as the record keeps it.
    mutating func value(_ stay: inout Stay) -> Datum {
        if let made { return made }
        let value = template.map { stay.datum($0) } ?? .text("")
        made = value
        return value
    }

    /// The same without a note: for the record, and where the author asks whether there is anything.
    mutating func quietly(_ stay: inout Stay) -> Datum {
        let notes = stay.run.notes
        defer { stay.run.notes = notes }
        return value(&stay)
    }

    /// Whether every value in the text is there.
    func isSet(_ stay: Stay) -> Bool {
        var stay = stay
        return template?.references.allSatisfy { reference in
            let value = stay.value(of: reference)
            return value != .missing && value != .null
        } ?? false
    }
}

extension NoteKind {
    static let noNumber = NoteKind(
        "no-number",
        "case \"{0}\" of \"{node}\" does not hold: \"{1}\" compares with what is not a decimal number"
    )
}
