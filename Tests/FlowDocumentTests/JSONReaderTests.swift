import FlowDocument
import Testing

@Suite struct JSONReaderTests {
    /// Texts that RFC 8259 has, with their trees.
    static let accepted: [(String, String)] = [
        ("{}", "{}"), ("[]", "[]"), ("[[]]", "[[]]"), ("[{}]", "[{}]"), (" [ ] ", "[]"),
        ("\t\r\n[1\t,\r\n2]\n", "[\"1\", \"2\"]"),
        ("0", "\"0\""), ("-0", "\"-0\""), ("[0e1]", "[\"0e1\"]"), ("[1E+2]", "[\"1E+2\"]"), ("[1e-2]", "[\"1e-2\"]"),
        ("[123.456789]", "[\"123.456789\"]"), ("[-1.5]", "[\"-1.5\"]"),
        ("[123456789012345678901234567890]", "[\"123456789012345678901234567890\"]"),
        ("[1.0]", "[\"1.0\"]"), ("true", "\"true\""), ("[false]", "[\"false\"]"), ("null", "-"),
        ("[null, 1]", "[-, \"1\"]"),
        ("\"\"", "\"\""), ("\"a\"", "\"a\""), ("[\"\\\"\\\\\\/\"]", "[\"\\\"\\\\/\"]"),
        ("\"\\b\\f\\n\\r\\t\"", "\"\\u{08}\\u{0C}\\n\\r\\t\""),
        ("\"\\u0041\\u00e9\\uD83D\\uDE00\"", "\"Aé😀\""), ("\"\\ud83d\\ude00\"", "\"😀\""), ("\"\\u0000\"", "\"\\0\""),
        ("\"\\uFFFF\"", "\"\u{FFFF}\""), ("\"é日本😀\"", "\"é日本😀\""), ("\"\u{7F}\"", "\"\\u{7F}\""),
        ("\"\u{80}\u{9F}\"", "\"\u{80}\u{9F}\""),
        ("\"\u{2028}\u{2029}\"", "\"\u{2028}\u{2029}\""), ("\"\u{FEFF}\"", "\"\u{FEFF}\""), ("{\"\": 1}", "{: \"1\"}"),
        ("{\"a\"\n:\n1}", "{a: \"1\"}"), ("{\"a\":1,\"b\":[{\"c\":2}]}", "{a: \"1\", b: [{c: \"2\"}]}"),
        ("{\"\\u0061b\": 1}", "{ab: \"1\"}"), ("\"{{x}}\"", "\"{{x}}\""),
        ("[\"<<a | default: 'b'>> # c\"]", "[\"<<a | default: \\\'b\\\'>> # c\"]"),
        ("{\"<<\": 1, \"*a\": \"&b\"}", "{<<: \"1\", *a: \"&b\"}"),
    ]

    @Test(arguments: accepted)
    func `what RFC 8259 has is read`(text: String, tree: String) {
        let result = read(text, .json)
        #expect(result.findings == [])
        #expect(result.outline == tree)
    }

    /// Texts that RFC 8259 does not have, with what is said of them.
    static let refused: [(String, String)] = [
        ("[1,]", "1:3-1:4 FD109 expected another value behind \",\", found \"]\""),
        ("{\"a\":1,}", "1:7-1:8 FD109 expected another value behind \",\", found \"}\""),
        ("[,1]", "1:2-1:3 FD109 expected a value, found \",\""),
        ("[1,,2]", "1:4-1:5 FD109 expected a value, found \",\""),
        ("[1 2]", "1:4-1:5 FD109 expected \",\" or \"]\", found \"2\""),
        ("[1}", "1:3-1:4 FD109 expected \",\" or \"]\", found \"}\""),
        ("[1", "1:3-1:3 FD109 expected \",\" or \"]\", found the end of the file: \"[\" of line 1 is not closed"),
        (
            "{\n\"a\":1",
            "2:6-2:6 FD109 expected \",\" or \"}\", found the end of the file: \"{\" of line 1 is not closed"
        ),
        ("[", "1:2-1:2 FD109 expected a value, found the end of the file"),
        ("{", "1:2-1:2 FD109 expected a key in double quotes, found the end of the file"),
        ("{\"a\"", "1:5-1:5 FD109 expected \":\" behind the key, found the end of the file"),
        ("{\"a\":", "1:6-1:6 FD109 expected a value, found the end of the file"),
        ("]", "1:1-1:2 FD109 expected a value, found \"]\""),
        ("{\"a\" 1}", "1:6-1:7 FD109 expected \":\" behind the key, found \"1\""),
        ("{\"a\", 1}", "1:5-1:6 FD109 expected \":\" behind the key, found \",\""),
        ("{a: 1}", "1:2-1:3 FD109 expected a key in double quotes, found \"a\""),
        ("{1: 1}", "1:2-1:3 FD109 expected a key in double quotes, found \"1\""),
        ("{'a': 1}", "1:2-1:3 FD109 expected a key in double quotes, found \"'\""),
        ("['a']", "1:2-1:3 FD109 expected a value, found \"'\""),
        ("[hello]", "1:2-1:7 FD109 expected a value, found \"hello\""),
        ("[True]", "1:2-1:6 FD109 expected a value, found \"True\""),
        ("[nul]", "1:2-1:5 FD109 expected a value, found \"nul\""),
        ("[truth]", "1:2-1:7 FD109 expected a value, found \"truth\""),
        ("[NaN]", "1:2-1:5 FD109 expected a value, found \"NaN\""),
        ("[-Infinity]", "1:3-1:11 FD109 expected a digit behind \"-\", found \"Infinity\""),
        ("[+1]", "1:2-1:3 FD109 expected a value, found \"+\""),
        ("[-]", "1:3-1:4 FD109 expected a digit behind \"-\", found \"]\""),
        ("[01]", "1:3-1:4 FD109 a number does not begin with 0"),
        ("[-012]", "1:4-1:5 FD109 a number does not begin with 0"),
        ("[.5]", "1:2-1:3 FD109 expected a value, found \".\""),
        ("[1.]", "1:4-1:5 FD109 expected a digit behind \".\", found \"]\""),
        ("[1.e1]", "1:4-1:6 FD109 expected a digit behind \".\", found \"e1\""),
        ("[1e]", "1:4-1:5 FD109 expected a digit behind the \"e\" of a number, found \"]\""),
        ("[1e+]", "1:5-1:6 FD109 expected a digit behind the \"e\" of a number, found \"]\""),
        ("[0x1F]", "1:3-1:6 FD109 expected \",\" or \"]\", found \"x1F\""),
        ("[1] // c", "1:5-1:6 FD109 expected the end of the file, found \"/\""),
        ("# c\n[1]", "1:1-1:2 FD109 expected a value, found \"#\""),
        ("{} {}", "1:4-1:5 FD109 expected the end of the file, found \"{\""),
        ("[1]]", "1:4-1:5 FD109 expected the end of the file, found \"]\""),
        ("\"a", "1:1-1:2 FD109 the text that begins with \"\"\" is not closed"),
        ("[\"a\\\"]", "1:2-1:3 FD109 the text that begins with \"\"\" is not closed"),
        ("\"a\nb\"", "1:3-1:3 FD109 a text ends on its line"),
        ("\"a\tb\"", "1:3-1:4 FD109 control character U+0009 is not allowed in JSON"),
        ("\"a\0\"", "1:3-1:4 FD109 control character U+0000 is not allowed in JSON"),
        ("[\u{0C}1]", "1:2-1:3 FD109 control character U+000C is not allowed in JSON"),
        ("[1\0]", "1:3-1:4 FD109 control character U+0000 is not allowed in JSON"),
        ("\"\\x41\"", "1:2-1:4 FD109 \"\\x\" is not an escape of JSON"),
        ("\"\\'\"", "1:2-1:4 FD109 \"\\'\" is not an escape of JSON"),
        ("\"\\é\"", "1:2-1:4 FD109 \"\\é\" is not an escape of JSON"),
        ("\"\\u00g0\"", "1:2-1:6 FD109 \"\\u00\" is not an escape of JSON"),
        ("\"\\ud83d\"", "1:2-1:8 FD109 \"\\ud83d\" is one half of a character"),
        ("\"\\ud83dx\"", "1:2-1:8 FD109 \"\\ud83d\" is one half of a character"),
        ("\"\\ud83d\\u0041\"", "1:2-1:8 FD109 \"\\ud83d\" is one half of a character"),
        ("\"\\ude00\"", "1:2-1:8 FD109 \"\\ude00\" is one half of a character"),
        ("[\u{A0}1]", "1:2-1:3 FD109 expected a value, found U+00A0 (no-break space)"),
        ("{\"a\":1 \"b\":2}", "1:8-1:9 FD109 expected \",\" or \"}\", found \"\"\""),
        ("é", "1:1-1:2 FD109 expected a value, found \"é\""),
    ]

    @Test(arguments: refused)
    func `what RFC 8259 does not have is refused where it stands`(text: String, finding: String) {
        #expect(read(text, .json).outlines == [finding])
    }

    @Test(arguments: [
        ("{\"to\":+12025551234}", "numbers with \"+\" are texts: write +12025551234 in double quotes"),
        ("[\"<<a | default: \"x\">>\"]", "a double quote inside a text is written \\\""),
        ("[\"\"é\"]", "a double quote inside a text is written \\\""),
        ("[True]", "write true"), ("[FALSE]", "write false"), ("[None]", "write null"), ("[Null]", "write null"),
        ("[hello]", "a text is written in double quotes"), ("{\"a\"b}", "a text is written in double quotes"),
    ])
    func `what other languages write is told how JSON writes it`(text: String, help: String) {
        #expect(read(text, .json).findings.map(\.help) == [[help]])
    }

    static let notUTF8: [[UInt8]] = [
        [0x80], [0xFF], [0xC0, 0xAF], [0xC3], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5],
        [0xF0, 0x80, 0x80, 0x80], [0xE2, 0x82],
    ]

    @Test(arguments: notUTF8)
    func `bytes that are not UTF-8 are refused`(bytes: [UInt8]) {
        let expected = "1:2-1:3 FD106 byte 0x\(String(bytes[0], radix: 16, uppercase: true)) is not UTF-8"
        let result = Document.read([0x22] + bytes + [0x22], file: "f", format: .json)
        #expect(result.outlines == [expected])
    }

    @Test func `spans follow lines and characters`() throws {
        let root = try #require(read("{\n \"é\": \"日本\",\r\n\t\"b\": [1,\r-2.5e3 , null]\n}", .json).document?.root)
        #expect(
            root.spans.map(\.outline) == [
                "1:1-5:2", "2:2-2:5", "2:7-2:11", "3:2-3:5", "3:7-4:15", "3:8-3:9", "4:1-4:7", "4:10-4:14",
            ]
        )
    }

    @Test func `a key may be longer than YAML allows`() {
        let key = String(repeating: "k", count: 5000)
        #expect(read("{\"\(key)\": 1}", .json).outline == "{\(key): \"1\"}")
    }

    @Test func `a body keeps the last of two values, as most readers do`() throws {
        let bytes = Array("{\"a\": 1, \"b\": 2, \"a\": [3]}".utf8)
        #expect(try JSONReader.read(bytes).outline == "{a: [\"3\"], b: \"2\"}")
        #expect(try JSONReader.read(bytes, duplicateKeys: .keepFirst).outline == "{a: \"1\", b: \"2\"}")
        #expect(throws: ReadFailure(.duplicateKey, "key \"a\" is defined twice", span: span(17, 20))) {
            try JSONReader.read(bytes, duplicateKeys: .refuse)
        }
    }

    @Test func `a body that is no JSON throws what is wrong with it`() {
        #expect(throws: ReadFailure(.syntax, "expected a value, found the end of the file", span: span(0, 0))) {
            try JSONReader.read([])
        }
        #expect(throws: ReadFailure(.overLimit, "6 bytes are more than 5", span: .start)) {
            try JSONReader.read(Array("[1, 2]".utf8), limits: Limits(size: 5))
        }
    }

    private func span(_ start: Int, _ end: Int) -> Span {
        Span(Position(line: 1, column: start + 1, offset: start), Position(line: 1, column: end + 1, offset: end))
    }
}
