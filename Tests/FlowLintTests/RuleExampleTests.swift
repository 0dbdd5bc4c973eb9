import FlowCore
import FlowDocument
import FlowLint
import Testing

@Suite struct RuleExampleTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let rule: any Rule.Type
        let number: Int
        let example: Example

        var testDescription: String { "\(rule.code.id) \(rule.code.name), example \(number)" }
    }

    static let bad = Rules.all.flatMap { rule in
        rule.bad.enumerated().map { Case(rule: rule, number: $0 + 1, example: $1) }
    }
    static let good = Rules.all.flatMap { rule in
        rule.good.enumerated().map { Case(rule: rule, number: $0 + 1, example: $1) }
    }

    @Test(arguments: bad)
    func `A bad example has the rule's finding at its mark, and no other error or warning`(_ test: Case) throws {
        let (files, mark) = test.example.files
        let place = try #require(mark, "the example has no mark")
        let findings = Linter.lint(files).findings
        let own = findings.filter { $0.code == test.rule.code }
        #expect(own.contains { $0.file == place.file && $0.span.start == place.place }, "\(own) \(place)")
        let others = findings.filter { $0.code != test.rule.code && $0.severity != .info }
        #expect(others.map { "\($0.code.id) \($0.span): \($0.message)" } == [])
    }

    @Test(arguments: good)
    func `A good example has no finding of the rule, and no error`(_ test: Case) {
        let findings = Linter.lint(test.example.files.sources).findings
        let wrong = findings.filter { $0.code == test.rule.code || $0.severity != .info }
        #expect(wrong.map { "\($0.code.id) \($0.span): \($0.message)" } == [])
    }

    @Test func `codes and names are unique, and codes ascend inside each group`() {
        #expect(Set(Rules.all.map { $0.code.id }).count == Rules.all.count)
        #expect(Set(Rules.all.map { $0.code.name }).count == Rules.all.count)
        let groups = Dictionary(grouping: Rules.all.map { $0.code.id }) { $0.prefix(3) }
        #expect(Set(groups.keys) == ["FD1", "FD2", "FD3", "FD4", "FD5", "FD6", "FD7"])
        for codes in groups.values { #expect(codes == codes.sorted()) }
    }

    @Test(arguments: Rules.all.map { $0.code })
    func `Every rule has a bad and a good example and says why`(_ code: Code) throws {
        let rule = try #require(Rules.named(code.id))
        #expect(!rule.bad.isEmpty && !rule.good.isEmpty && !rule.why.isEmpty)
        #expect(rule.summary.hasSuffix("."))
        #expect(Rules.named(code.name)?.code == code)
    }
}
