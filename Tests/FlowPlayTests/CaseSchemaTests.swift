import FlowCore
import FlowPlay
import Testing

/// The schema of test files knows the words that test files are read by.
struct CaseSchemaTests {
    private let schema = Datum(json: Array(CaseSchema.text.utf8)) ?? .missing

    private func keys(_ datum: Datum) -> [String] {
        guard case .object(let members) = datum["properties"] else { return [] }
        return members.map(\.key)
    }

    @Test func `each part has the keys that are read`() {
        #expect(keys(schema) == ["flow", "cases"])
        let parts = schema["$defs"]
        #expect(keys(parts["case"]) == ["name", "call", "message", "at", "params", "steps", "requests", "expect"])
        #expect(
            keys(parts["case"]["properties"]["expect"]) == [
                "path", "outcome", "requests", "values", "notes", "side_runs",
            ]
        )
        #expect(
            keys(parts["request"]) == ["node", "method", "url", "headers", "params", "body", "attempts"]
        )
        #expect(keys(parts["step"]["anyOf"][1]) == ["expect"] + PlayVocabulary.keys + ["wait", "again"])
        #expect(keys(parts["step"]["anyOf"][1]["properties"]["expect"]["anyOf"][1]) == AnswerPattern.elements)
    }

    @Test func `every reference leads to a part`() throws {
        var text = CaseSchema.text[...]
        var names: Set<String> = []
        while let mark = text.firstRange(of: "#/$defs/") {
            text = text[mark.upperBound...]
            names.insert(String(text.prefix { $0 != "\"" }))
        }
        #expect(names.sorted() == ["answer", "case", "pairs", "request", "seconds", "step", "text"])
        for name in names { #expect(schema["$defs"][name] != .missing, "\(name)") }
    }
}
