import FlowDocument
import Testing

@Suite struct EditTests {
    private func document(_ text: String, _ format: Document.Format = .yaml) throws -> Document {
        try #require(Document.read(Array(text.utf8), file: "a", format: format).document)
    }

    private func edited(_ document: Document, _ edit: Edit?) throws -> String? {
        try edit.map { String(decoding: try #require([$0].applied(to: document.source)), as: UTF8.self) }
    }

    @Test(
        arguments: [
            ("a: x", "y", "a: y"), ("a: 'x'", "it's", "a: 'it''s'"), ("a: \"x\"", "say \"y\"", "a: \"say \\\"y\\\"\""),
            ("a: x", "y: z", "a: 'y: z'"), ("a: x", "@y", "a: '@y'"), ("a: x", "<<A.b>>", "a: <<A.b>>"),
            ("a: x # c", "y", "a: y # c"), ("a: |\n  x", "y", nil), ("a:", "y", nil), ("a: [x]", "y", nil),
        ] as [(String, String, String?)]
    )
    func `a scalar is written in its own style`(_ text: String, _ other: String, _ wanted: String?) throws {
        let document = try document(text)
        let value = try #require(document.root["a"])
        #expect(try edited(document, document.edit(value, to: other)) == wanted)
    }

    @Test func `a scalar of JSON is written as a string`() throws {
        let document = try document("{\"a\": 12}", .json)
        let value = try #require(document.root["a"])
        #expect(try edited(document, document.edit(value, to: "+12")) == "{\"a\": \"+12\"}")
        #expect(document.edit(value, to: "a\u{7}") == nil)
    }

    @Test(
        arguments: [
            ("a: one two", "a: one 2"), ("a: 'o''e two'", "a: 'o''e 2'"), ("a: \"\\x6fne two\"", "a: \"\\x6fne 2\""),
            ("a: >\n  one\n  two", "a: >\n  one\n  2"),
        ] as [(String, String)]
    )
    func `a part of a scalar is found in the file`(_ text: String, _ wanted: String) throws {
        let document = try document(text)
        let value = try #require(document.root["a"])
        let whole = try #require(value.text)
        let start = try #require(Array(whole.utf8).firstRange(of: Array("two".utf8)))
        #expect(try edited(document, document.edit(ofUTF8: start, in: value, to: "2")) == wanted)
    }

    @Test(
        arguments: [
            ("a:\n  x: 1\n", Document.Format.yaml, "a:\n  z: end\n  x: 1\n"), ("a: {x: 1}", .yaml, "a: {z: end, x: 1}"),
            ("{\"a\": {\"x\": 1}}", .json, "{\"a\": {\"z\": \"end\", \"x\": 1}}"),
            ("{\"a\": {\n  \"x\": 1}}", .json, "{\"a\": {\n  \"z\": \"end\",\n  \"x\": 1}}"),
            ("a: {\n  x: 1}", .yaml, "a: {\n  z: end, x: 1}"),
        ] as [(String, Document.Format, String)]
    )
    func `an entry is put before the others`(_ text: String, _ format: Document.Format, _ wanted: String) throws {
        let document = try document(text, format)
        let value = try #require(document.root["a"])
        #expect(try edited(document, document.insertion(of: "z", "end", before: value)) == wanted)
    }

    @Test func `edits that overlap or lie outside are not made`() {
        let edit = { (range: Range<Int>) in
            Edit(
                Span(
                    Position(line: 1, column: range.lowerBound + 1, offset: range.lowerBound),
                    Position(line: 1, column: range.upperBound + 1, offset: range.upperBound)
                ),
                "x"
            )
        }
        #expect([edit(2..<3), edit(0..<1)].applied(to: Array("abc".utf8)) == Array("xbx".utf8))
        #expect([edit(0..<2), edit(1..<3)].applied(to: Array("abc".utf8)) == nil)
        #expect([edit(2..<4)].applied(to: Array("abc".utf8)) == nil)
    }
}
