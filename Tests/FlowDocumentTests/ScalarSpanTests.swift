import FlowDocument
import Testing

@Suite struct ScalarSpanTests {
    /// Each file, a part of the text of its value `a`, and the part of the file that says it.
    static let yaml: [(String, String, String)] = [
        ("a: one <<two>> three", "<<two>>", "<<two>>"),
        ("a: é <<two>> three", "<<two>>", "<<two>>"),
        ("a: one\n  two\n\n  three", "e t", "e\n  t"),
        ("a: one\n  two\n\n  three", "two", "two"),
        ("a: one\r\n  two\r\n\r\n  three", "o\nt", "o\r\n\r\n  t"),
        ("a: 'it''s <<two>>'", "<<two>>", "<<two>>"),
        ("a: 'it''s <<two>>'", "'s", "''s"),
        ("a: 'one\n  two'", "e two", "e\n  two"),
        ("a: \"é \\\"<<two>>\\\" \\u00e9 x\"", "<<two>>", "<<two>>"),
        ("a: \"é \\\"<<two>>\\\" \\u00e9 x\"", "é x", "\\u00e9 x"),
        ("a: \"\\U0001F600\\x41\\N\\t x\"", "😀A", "\\U0001F600\\x41"),
        ("a: \"\\U0001F600\\x41\\N\\t x\"", " x", " x"),
        ("a: \"one \\\n   two\"", "two", "two"),
        ("a: \"one \\\n   two\"", "e t", "e \\\n   t"),
        ("a: \"one  \n\n   two\"", "two", "two"),
        ("a: |\n  one\n\n   é <<two>>\n  three\n", "<<two>>", "<<two>>"),
        ("a: |\n  one\n\n   é <<two>>\n  three\n", " é", " é"),
        ("a: |-  # c\r\n    one\r\n    two\r\n", "e\nt", "e\r\n    t"),
        ("a: |2\n    one\n   two\n", "two", "two"),
        ("a: |+\n  one\n  two\n\n\n", "two\n", "two"),
        ("a: >\n  one\n  two\n\n  three\n   four\n  five\n", "two", "two"),
        ("a: >\n  one\n  two\n\n  three\n   four\n  five\n", "e t", "e\n  t"),
        ("a: >\n  one\n  two\n\n  three\n   four\n  five\n", "four", "four"),
        ("a: >\n  one\n  two\n\n  three\n   four\n  five\n", "five", "five"),
        ("a: >-\n\n  one\n  <<two>>", "<<two>>", "<<two>>"),
        ("a: {{two}} <<one>>", "<<one>>", "<<one>>"),
        ("a: <<two | f: 'é'>> x", "'é'>> x", "'é'>> x"),
        ("\u{FEFF}a: one <<two>>", "<<two>>", "<<two>>"),
    ]

    @Test(arguments: yaml)
    func `a part of a text leads to its place in a YAML file`(file: String, part: String, expected: String) throws {
        let document = try #require(read(file).document)
        try expect(part, in: document, stands: expected)
    }

    static let json: [(String, String, String)] = [
        ("{\"a\": \"one <<two>>\"}", "<<two>>", "<<two>>"),
        ("{\"a\": \"é \\\"<<two>>\\\"\\n\"}", "<<two>>", "<<two>>"),
        ("{\"a\": \"x \\ud83d\\ude00 <<two>>\"}", "😀 <", "\\ud83d\\ude00 <"),
        ("{\"a\": \"\\/\\u00e9<<two>>\"}", "<<two>>", "<<two>>"),
        ("{\"a\": -12.5e3}", "12", "12"),
    ]

    @Test(arguments: json)
    func `a part of a text leads to its place in a JSON file`(file: String, part: String, expected: String) throws {
        let document = try #require(read(file, .json).document)
        try expect(part, in: document, stands: expected)
    }

    private func expect(_ part: String, in document: Document, stands expected: String) throws {
        let value = try #require(document.root["a"])
        let text = Array(try #require(value.text).utf8)
        let bytes = Array(part.utf8)
        let start = try #require(
            text.indices.first { text[$0...].starts(with: bytes) },
            "\(value.outline) holds \(part)"
        )
        let span = document.span(ofUTF8: start..<start + bytes.count, in: value)
        let found = String(decoding: document.source[span.start.offset..<span.end.offset], as: UTF8.self)
        #expect(found == expected)
        #expect(document.lines.position(at: span.start.offset) == span.start)
        #expect(document.lines.position(at: span.end.offset) == span.end)
    }

    @Test func `an empty part is a place`() throws {
        let document = try #require(read("a: 'x''y'").document)
        let value = try #require(document.root["a"])
        #expect(document.span(ofUTF8: 0..<0, in: value).outline == "1:5-1:5")
        #expect(document.span(ofUTF8: 2..<2, in: value).outline == "1:8-1:8")
        #expect(document.span(ofUTF8: 3..<3, in: value).outline == "1:9-1:9")
    }

    @Test func `what has no exact place is the whole value`() throws {
        let document = try #require(read("a: [x]\nb:\nc: xy\n").document)
        for (name, range) in [("a", 0..<1), ("b", 0..<0), ("c", 1..<9), ("c", -1..<1)] {
            let value = try #require(document.root[name])
            #expect(document.span(ofUTF8: range, in: value) == value.span)
        }
    }

    @Test(arguments: ["'x\u{2028}  y'", "\"x\u{2028}  y\"", "x\u{2028}  y", "|\n  x\u{2028}  y"])
    func `behind a line break of Unicode's a part has its place too`(text: String) throws {
        let document = try #require(read("a: \(text)").document)
        let value = try #require(document.root["a"])
        let span = document.span(ofUTF8: 6..<7, in: value)
        #expect(document.source[span.start.offset..<span.end.offset].elementsEqual("y".utf8))
        #expect(document.lines.position(at: span.start.offset) == span.start)
    }

    @Test func `a part of a key has its place too`() throws {
        let document = try #require(read("'it''s <<x>>': 1\n\"\\t<<y>>\": 2\n<<z>>: 3\n").document)
        let keys = try #require(document.root.entries).map(\.key)
        #expect(document.span(ofUTF8: 5..<10, in: keys[0]).outline == "1:8-1:13")
        #expect(document.span(ofUTF8: 1..<6, in: keys[1]).outline == "2:4-2:9")
        #expect(document.span(ofUTF8: 2..<3, in: keys[2]).outline == "3:3-3:4")
    }

    @Test(arguments: ["'", "\"", ">\n  ", "|\n  "])
    func `each part of a long text has its place`(opening: String) throws {
        let isQuoted = opening.count == 1
        let part = opening == "'" ? "é''{{x}} " : "é{{x}}  "
        let file = "a: \(opening)\(String(repeating: part, count: 400))\(isQuoted ? opening : "z\n")"
        let document = try #require(read(file).document)
        let value = try #require(document.root["a"])
        let text = Array(try #require(value.text).utf8)
        let starts = text.indices.filter { text[$0...].starts(with: Array("{{x}}".utf8)) }
        #expect(starts.count == 400)
        for start in starts {
            let span = document.span(ofUTF8: start..<start + 5, in: value)
            #expect(document.source[span.start.offset..<span.end.offset].elementsEqual("{{x}}".utf8))
            #expect(document.lines.position(at: span.start.offset) == span.start)
            #expect(document.lines.position(at: span.end.offset) == span.end)
        }
    }
}
