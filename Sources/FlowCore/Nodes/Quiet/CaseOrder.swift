import FlowDocument

/// Finds the cases of a branch that can never be the first to hold.
///
/// Only what the file says for certain counts: tests that compare with values are never judged.
struct CaseOrder {
    private let cases: [BranchCase]
    private let value: Template?

    init(_ cases: [BranchCase], value: Template?) {
        self.cases = cases
        self.value = value
    }

    func report(to reader: FieldReader) {
        for index in cases.indices {
            guard let (message, help) = objection(to: index) else { continue }
            reader.scope.report(.deadCase, "\(message) in \(reader.owner)", at: cases[index].nameSpan, help: help)
        }
    }

    private func objection(to index: Int) -> (message: String, help: [String])? {
        let item = cases[index]
        if item.name == Branch.noMatch {
            return ("a case is called \"no_match\", which is the outcome where no case holds", ["write another name"])
        }
        if let (test, found) = nonNumber(item) {
            return ("\"\(test)\" of case \"\(item.name)\" compares numbers, and \(found) is none", [])
        }
        let facts = CaseFacts(item)
        if facts.contradict || text(of: item)?.literal.map({ facts.exclude($0) }) == true {
            return ("case \"\(item.name)\" never holds", ["its tests exclude each other, or the text"])
        }
        for earlier in cases[..<index] where read(item) == read(earlier) && !earlier.tests.isEmpty {
            guard facts.imply(CaseFacts(earlier)) else { continue }
            return (
                "case \"\(item.name)\" is never the first to hold: \"\(earlier.name)\" above holds wherever it does",
                ["put it above \"\(earlier.name)\", or leave it out"]
            )
        }
        return nil
    }

    private func text(of item: BranchCase) -> Template? { item.value ?? value }

    /// What a case looks at, filters included, so that equal texts are equal.
    private func read(_ item: BranchCase) -> [String] {
        (text(of: item)?.parts ?? []).map { part in
            switch part {
            case .literal(let text): text
            case .reference(let reference): "<<\(reference.text)|\(reference.filters)>>"
            }
        }
    }

    /// A test of a case that compares numbers, and what of it is certainly none, in words.
    private func nonNumber(_ item: BranchCase) -> (test: String, found: String)? {
        for case .compares(let comparison, let limit) in item.tests {
            for text in [limit, text(of: item)].compactMap(\.self) {
                if let literal = text.literal, DecimalNumber(literal) == nil {
                    return (comparison.rawValue, "\"\(literal)\"")
                }
            }
        }
        return nil
    }
}

/// What is known for certain of the texts that a case holds for.
private struct CaseFacts {
    private let ignoresCase: Bool
    /// The only texts that it can hold for; nil for any.
    private var only: [String]?
    private var not: [String] = []
    private var begins: [String] = []
    private var ends: [String] = []
    private var holds: [String] = []
    private var isSet = false
    private var patterns: [Pattern] = []
    private var limits: [(comparison: BranchCase.Comparison, number: DecimalNumber)] = []
    /// Whether every test is known for certain.
    private var isWhole = true

    init(_ item: BranchCase) {
        ignoresCase = item.ignoresCase
        for test in item.tests { add(test) }
    }

    private mutating func add(_ test: BranchCase.Test) {
        switch test {
        case .equals(let text): add(text) { $0.restrict(to: [$1]) }
        case .notEquals(let text): add(text) { $0.not.append($1) }
        case .oneOf(let texts):
            let literals = texts.compactMap(\.literal)
            guard literals.count == texts.count else { return isWhole = false }
            restrict(to: literals.map(asCompared))
        case .contains(let text): add(text) { $0.holds.append($1) }
        case .startsWith(let text): add(text) { $0.begins.append($1) }
        case .endsWith(let text): add(text) { $0.ends.append($1) }
        case .matches(let pattern): patterns.append(pattern)
        case .isEmpty: restrict(to: [""])
        case .isSet: isSet = true
        case .compares(let comparison, let limit):
            guard let number = limit.literal.flatMap(DecimalNumber.init) else { return isWhole = false }
            limits.append((comparison, number))
        }
    }

    private mutating func add(_ template: Template, _ take: (inout CaseFacts, String) -> Void) {
        guard let text = template.literal else { return isWhole = false }
        take(&self, asCompared(text))
    }

    private func asCompared(_ text: String) -> String { ignoresCase ? text.lowercased() : text }

    private mutating func restrict(to texts: [String]) { only = only.map { $0.filter(texts.contains) } ?? texts }

    /// Whether a text certainly fails a test.
    func exclude(_ text: String) -> Bool {
        let text = asCompared(text)
        if let only, !only.contains(text) { return true }
        if not.contains(text) || patterns.contains(where: { $0.match(text) == .differs }) { return true }
        if !begins.allSatisfy(text.hasPrefix) || !ends.allSatisfy(text.hasSuffix) { return true }
        if !holds.allSatisfy({ $0.isEmpty || text.contains($0) }) { return true }
        guard !limits.isEmpty else { return false }
        guard let number = DecimalNumber(text) else { return true }
        return !limits.allSatisfy { $0.comparison.holds(number, $0.number) }
    }

    /// Whether no text passes all tests.
    var contradict: Bool {
        if let only { return only.allSatisfy(exclude) }
        let below = limits.filter { $0.comparison == .lessThan || $0.comparison == .atMost }
        let above = limits.filter { $0.comparison == .greaterThan || $0.comparison == .atLeast }
        return below.contains { upper in
            above.contains { lower in
                lower.number > upper.number
                    || lower.number == upper.number
                        && (upper.comparison == .lessThan || lower.comparison == .greaterThan)
            }
        }
    }

    /// Whether whatever passes these tests passes others too, on the same text.
    func imply(_ other: CaseFacts) -> Bool {
        // What ignores capitals holds for more texts, so that it says less.
        guard other.isWhole, !ignoresCase || other.ignoresCase else { return false }
        func same(_ text: String) -> String { other.ignoresCase ? text.lowercased() : text }
        if let only, isWhole, !other.isSet || isSet {
            return only.filter { !exclude($0) }.allSatisfy { !other.exclude($0) }
        }
        if other.only != nil || other.isSet && !isSet { return false }
        return other.not.allSatisfy { ignoresCase == other.ignoresCase && exclude($0) }
            && other.begins.allSatisfy { wanted in begins.contains { same($0).hasPrefix(wanted) } }
            && other.ends.allSatisfy { wanted in ends.contains { same($0).hasSuffix(wanted) } }
            && other.holds.allSatisfy { wanted in
                (begins + ends + holds).contains { same($0).contains(wanted) }
            }
            && other.patterns.allSatisfy { wanted in patterns.contains { $0.text == wanted.text } }
            && other.limits.allSatisfy { wanted in limits.contains { Self.implies($0, wanted) } }
    }

    private typealias Limit = (comparison: BranchCase.Comparison, number: DecimalNumber)

    private static func implies(_ known: Limit, _ wanted: Limit) -> Bool {
        switch (wanted.comparison, known.comparison) {
        case (.lessThan, .lessThan), (.atMost, .atMost), (.atMost, .lessThan): known.number <= wanted.number
        case (.lessThan, .atMost): known.number < wanted.number
        case (.greaterThan, .greaterThan), (.atLeast, .atLeast), (.atLeast, .greaterThan):
            known.number >= wanted.number
        case (.greaterThan, .atLeast): known.number > wanted.number
        default: false
        }
    }
}
