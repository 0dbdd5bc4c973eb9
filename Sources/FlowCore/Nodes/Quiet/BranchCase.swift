import FlowDocument

/// One case of a branch: a text, and the tests that all have to hold.
struct BranchCase: Sendable {
    /// A way to look at a text.
    enum Test: Sendable {
        case equals(Template)
        case notEquals(Template)
        case oneOf([Template])
        case contains(Template)
        case startsWith(Template)
        case endsWith(Template)
        case matches(Pattern)
        case isEmpty
        case isSet
        case compares(Comparison, Template)
    }

    /// A comparison of decimal numbers.
    enum Comparison: String, Sendable, CaseIterable {
        case lessThan = "less_than"
        case atMost = "at_most"
        case greaterThan = "greater_than"
        case atLeast = "at_least"

        func holds(_ number: DecimalNumber, _ limit: DecimalNumber) -> Bool {
            switch self {
            case .lessThan: number < limit
            case .atMost: number <= limit
            case .greaterThan: number > limit
            case .atLeast: number >= limit
            }
        }
    }

    private static let ownValue = Field(
        "value",
        .text(),
        roles: .sensitiveSink,
        "The text that this case looks at, in place of the node's."
    )
    private static let equals = Field("equals", .text(), roles: .sensitiveSink, mayBeEmpty: true, "The whole text.")
    private static let notEquals = Field(
        "not_equals",
        .text(),
        roles: .sensitiveSink,
        mayBeEmpty: true,
        "Any text but this one."
    )
    private static let oneOf = Field("one_of", .texts, roles: .sensitiveSink, "The whole text is one of these.")
    private static let contains = Field("contains", .text(), roles: .sensitiveSink, "A part of the text.")
    private static let startsWith = Field("starts_with", .text(), roles: .sensitiveSink, "How the text begins.")
    private static let endsWith = Field("ends_with", .text(), roles: .sensitiveSink, "How the text ends.")
    private static let matches = Field("matches", .literal, "A pattern (PCRE2) for the whole text.")
    private static let isEmpty = Field("is_empty", .choice(["true"]), "Nothing is in the text.")
    private static let isSet = Field("is_set", .choice(["true"]), "Every value in the text is there.")
    private static let comparisons = [
        Comparison.lessThan: Field(
            "less_than",
            .text(),
            roles: .sensitiveSink,
            "The text is a decimal number below this one."
        ),
        .atMost: Field("at_most", .text(), roles: .sensitiveSink, "The text is a decimal number, this one at most."),
        .greaterThan: Field(
            "greater_than",
            .text(),
            roles: .sensitiveSink,
            "The text is a decimal number above this one."
        ),
        .atLeast: Field("at_least", .text(), roles: .sensitiveSink, "The text is a decimal number, this one at least."),
    ]
    private static let ignoreCase = Field(
        "ignore_case",
        .boolean,
        default: "false",
        "Whether capital and small letters are the same."
    )

    static let fields =
        [ownValue, equals, notEquals, oneOf, contains, startsWith, endsWith, matches, isEmpty, isSet]
        + Comparison.allCases.compactMap { comparisons[$0] } + [ignoreCase]

    let name: String
    let nameSpan: Span
    /// nil for the node's.
    let value: Template?
    let tests: [Test]
    let ignoresCase: Bool

    /// - Parameter hasOuterValue: whether the node has a text for its cases.
    init(_ key: Key, _ reader: FieldReader, hasOuterValue: Bool) {
        name = key.text
        nameSpan = key.span
        value = reader.template(Self.ownValue)
        var tests: [Test] = []
        if let text = reader.template(Self.equals) { tests.append(.equals(text)) }
        if let text = reader.template(Self.notEquals) { tests.append(.notEquals(text)) }
        if reader.value(Self.oneOf) != nil { tests.append(.oneOf(reader.texts(Self.oneOf))) }
        if let text = reader.template(Self.contains) { tests.append(.contains(text)) }
        if let text = reader.template(Self.startsWith) { tests.append(.startsWith(text)) }
        if let text = reader.template(Self.endsWith) { tests.append(.endsWith(text)) }
        if reader.value(Self.isEmpty) != nil {
            _ = reader.choice(Self.isEmpty)
            tests.append(.isEmpty)
        }
        if reader.value(Self.isSet) != nil {
            _ = reader.choice(Self.isSet)
            tests.append(.isSet)
        }
        for comparison in Comparison.allCases {
            guard let field = Self.comparisons[comparison], let text = reader.template(field) else { continue }
            tests.append(.compares(comparison, text))
        }
        ignoresCase = reader.boolean(Self.ignoreCase)
        if let pattern = Self.pattern(reader, ignoresCase: ignoresCase) { tests.append(.matches(pattern)) }
        self.tests = tests
        check(reader, hasOuterValue: hasOuterValue)
    }

    private static func pattern(_ reader: FieldReader, ignoresCase: Bool) -> Pattern? {
        let pattern = reader.pattern(matches)
        guard let pattern, ignoresCase, let value = reader.value(matches) else { return pattern }
        do throws(PatternFailure) {
            return try Pattern("(?i)" + pattern.text)
        } catch {
            reader.wrongType(matches, value, expected: "a shorter pattern, as capitals shall not count")
            return nil
        }
    }

    private func check(_ reader: FieldReader, hasOuterValue: Bool) {
        if name.isEmpty || !name.utf8.allSatisfy(Self.isPart) {
            let meant = String(name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
            reader.scope.report(
                .badName,
                "\"\(name)\" is not a valid name of a case: expected lower-case letters, digits and \"_\"",
                at: nameSpan,
                help: name.isEmpty ? [] : ["write \"\(meant)\" here and in \"transitions\""]
            )
        }
        if tests.isEmpty, reader.value(Self.matches) == nil, !Self.fields.contains(where: reader.isMistyped) {
            reader.scope.report(.missingKey, "case \"\(name)\" of \(reader.owner) has no test", at: nameSpan)
        }
        if value == nil, !hasOuterValue, !reader.isMistyped(Self.ownValue) {
            reader.scope.report(
                .missingKey,
                "case \"\(name)\" of \(reader.owner) looks at nothing: \"value\" is missing in the case and in the node",
                at: nameSpan
            )
        }
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), 0x30...0x39, UInt8(ascii: "_"): true
        default: false
        }
    }

    /// Whether all tests hold.
    func holds(_ looked: inout Looked, _ stay: inout Stay) -> Bool {
        for test in tests where !holds(test, &looked, &stay) { return false }
        return true
    }

    private func holds(_ test: Test, _ looked: inout Looked, _ stay: inout Stay) -> Bool {
        /// The text and another one as they are compared.
        func compare(_ template: Template, _ holds: (BranchText, BranchText) -> Bool) -> Bool {
            let other = BranchText(stay.deciding(template), ignoresCase: ignoresCase)
            return holds(BranchText(looked.text(&stay), ignoresCase: ignoresCase), other)
        }
        switch test {
        case .equals(let text): return compare(text, ==)
        case .notEquals(let text): return compare(text, !=)
        case .oneOf(let texts): return texts.contains { compare($0, ==) }
        case .contains(let text): return compare(text) { $0.contains($1) }
        case .startsWith(let text): return compare(text) { $0.starts(with: $1) }
        case .endsWith(let text): return compare(text) { $0.ends(with: $1) }
        case .matches(let pattern):
            switch pattern.match(looked.text(&stay)) {
            case .matches: return true
            case .differs: return false
            case .tooManySteps:
                stay.note(.patternSteps)
                return false
            }
        case .isEmpty:
            let value = looked.quietly(&stay)
            return stay.revealed(value).isEmpty
        case .isSet: return looked.isSet(stay)
        case .compares(let comparison, let limit):
            guard let number = DecimalNumber(looked.text(&stay)), let limit = DecimalNumber(stay.deciding(limit)) else {
                stay.note(.noNumber, name, comparison.rawValue)
                return false
            }
            return comparison.holds(number, limit)
        }
    }
}

/// A text as a branch compares it: byte for byte, in UTF-8.
struct BranchText: Equatable {
    private let bytes: [UInt8]

    /// - Parameter ignoresCase: compares small letters in place of capitals, in every script that has both.
    init(_ text: String, ignoresCase: Bool) {
        bytes = Array((ignoresCase ? text.lowercased() : text).utf8)
    }

    func contains(_ other: BranchText) -> Bool {
        other.bytes.isEmpty || bytes.firstRange(of: other.bytes) != nil
    }

    func starts(with other: BranchText) -> Bool { bytes.starts(with: other.bytes) }

    func ends(with other: BranchText) -> Bool { bytes.suffix(other.bytes.count).elementsEqual(other.bytes) }
}
