import FlowDocument
import Testing

@Suite struct YAMLReaderTests {
    @Test(arguments: [
        "no", "yes", "010", "0x1F", "1e5", "1_000", "+14155550100", "null", "~", "NaN", "12:30:45", "2024-01-01", "=",
        "true", "-", "- x", "? x", "a:b", "a#b", "https://example.com/?a=1&b=2#c", "<<Start.call.from>>", "\\<<x>>",
        "a {{b}} c", "it's", "say \"hi\"", "5 > 3", "a, b", "[", "日本語 ☎️",
    ])
    func `a scalar is the text that its author wrote`(text: String) {
        let isIndicator = text.hasPrefix("- ") || text.hasPrefix("? ") || ["-", "["].contains(text)
        #expect(read("a: \(isIndicator ? "'\(text)'" : text)\n").document?.root["a"]?.text == text)
    }

    @Test(
        arguments: [
            ("a:\n    b: c\n  \u{A0} d: e\n    f: g\n", "3:3-3:4", "U+00A0 (no-break space)"),
            ("a:\n  b: c\n\u{A0}\u{A0}d: e\n\n  # f\n  g: h\n", "3:1-3:2", "U+00A0 (no-break space)"),
            ("a:\r\n  b:\r\n  \u{2003}- c\r\n    - d\r\n  e: f\r\n", "3:3-3:4", "U+2003"),
        ] as [(String, String, String)]
    )
    func `what only looks like indentation is named at its place`(_ text: String, _ place: String, _ name: String) {
        #expect(read(text).outlines == ["\(place) FD109 expected spaces as indentation, found \(name)"])
    }

    @Test(
        arguments: [
            ("x: { ? { Start.call.from } }\n", "{{Start.call.from}}", "1:4-1:29"),
            ("x: { { Start.call.from } }  # y\n", "{{Start.call.from}}", "1:4-1:27"),
            ("x: { { a.b }: null }\nc: d\n", "{{a.b}}", "1:4-1:21"),
            ("x: { ? { a.b } : ~ }\nc: d\n", "{{a.b}}", "1:4-1:21"),
            ("- { ? {a.b } : }\n- c\n", "{{a.b}}", "1:3-1:17"),
            ("x: { y: { { a.b } }, z: d }\n", "{{a.b}}", "1:9-1:20"),
        ] as [(String, String, String)]
    )
    func `a template that a formatter has split is put together`(_ text: String, _ whole: String, _ place: String) {
        let findings = read(text).findings
        #expect(
            findings.map(\.outline) == [
                "\(place) FD109 quote this value: a formatter has set the braces of \"\(whole)\" apart"
            ]
        )
        #expect(findings.map(\.help) == [["write '\(whole)'"]])
    }

    @Test func `styles are kept`() throws {
        let root = try #require(
            read("a: x\nb: 'x'\nc: \"x\"\nd: |\n  x\ne: >\n  x\nf:\ng: ''\nh: [x, ]\n").document?.root
        )
        #expect(
            root.entries?.compactMap(\.value.scalar) == [
                Scalar("x", style: .plain), Scalar("x", style: .singleQuoted), Scalar("x", style: .doubleQuoted),
                Scalar("x\n", style: .literal), Scalar("x\n", style: .folded), Scalar("", style: .absent),
                Scalar("", style: .singleQuoted),
            ]
        )
    }

    /// Each text with the spans of its tree: the root, then keys and values as they come.
    static let spans: [(String, [String])] = [
        ("a: b", ["1:1-1:5", "1:1-1:2", "1:4-1:5"]),
        ("é: ñandú # ☎️\nb: x", ["1:1-2:5", "1:1-1:2", "1:4-1:9", "2:1-2:2", "2:4-2:5"]),
        ("'é': \"☎\"\n'b' : 'it''s'", ["1:1-2:14", "1:1-1:4", "1:6-1:9", "2:1-2:4", "2:7-2:14"]),
        ("a:\n\n# c\nb: x\n", ["1:1-4:5", "1:1-1:2", "1:3-1:3", "4:1-4:2", "4:4-4:5"]),
        (
            "a:\n- x\n- y\n\n# c\nb:\n  - z\n",
            [
                "1:1-7:6", "1:1-1:2", "2:1-3:4", "2:3-2:4", "3:3-3:4", "6:1-6:2", "7:3-7:6", "7:5-7:6",
            ]
        ),
        ("a: [x,\n y]\n", ["1:1-2:4", "1:1-1:2", "1:4-2:4", "1:5-1:6", "2:2-2:3"]),
        ("a: {}\n", ["1:1-1:6", "1:1-1:2", "1:4-1:6"]),
        ("a: |\n  x\n\n  y\n\n\nb: x\n", ["1:1-7:5", "1:1-1:2", "1:4-4:4", "7:1-7:2", "7:4-7:5"]),
        ("a: >-  # c\r\n  é\r\n\r\nb: x", ["1:1-4:5", "1:1-1:2", "1:4-2:4", "4:1-4:2", "4:4-4:5"]),
        ("a: |\nb: x", ["1:1-2:5", "1:1-1:2", "1:4-1:5", "2:1-2:2", "2:4-2:5"]),
        ("a: x\n  y # c\n", ["1:1-2:4", "1:1-1:2", "1:4-2:4"]),
        ("é: 'x\u{2028}y'\nb: x", ["1:1-2:5", "1:1-1:2", "1:4-1:9", "2:1-2:2", "2:4-2:5"]),
        ("a: é\rb: x", ["1:1-2:5", "1:1-1:2", "1:4-1:5", "2:1-2:2", "2:4-2:5"]),
    ]

    @Test(arguments: spans)
    func `a span covers the very characters`(text: String, expected: [String]) throws {
        let result = read(text)
        #expect(result.findings == [])
        #expect(try #require(result.document?.root).spans.map(\.outline) == expected)
    }

    @Test func `offsets count bytes`() throws {
        let root = try #require(read("é: 日本\n").document?.root)
        #expect(
            root["é"]?.span
                == Span(Position(line: 1, column: 4, offset: 4), Position(line: 1, column: 6, offset: 10))
        )
    }

    @Test(arguments: ["\u{2028}", "\u{2029}", "\u{85}"])
    func `what ended a line in YAML 1.1 is a character like any other`(mark: String) throws {
        let text = """
            # a\(mark)b
            p\(mark)q: a\(mark)b # c\(mark)d
            s: 'a \(mark) b'
            d: "a\(mark)b\\u2028\\L"
            l: |
              a\(mark)b
               \(mark)
            f: >-
              a\(mark)b
              c\(mark)\u{301}
            \(mark): [a\(mark)b, {c: \(mark)}]
            """
        let result = read(text)
        #expect(result.outlines == [])
        let root = try #require(result.document?.root)
        #expect(root.entries?.map(\.key.text) == ["p\(mark)q", "s", "d", "l", "f", mark])
        #expect(
            root.scalars.compactMap(\.text) == [
                "a\(mark)b", "a \(mark) b", "a\(mark)b\u{2028}\u{2028}", "a\(mark)b\n \(mark)\n",
                "a\(mark)b c\(mark)\u{301}", "a\(mark)b", mark,
            ]
        )
        #expect(
            root.entries?.map(\.key.span.outline) == [
                "2:1-2:4", "3:1-3:2", "4:1-4:2", "5:1-5:2", "8:1-8:2", "11:1-11:2",
            ]
        )
    }

    @Test(arguments: ["\u{2028}", "\u{85}"])
    func `a character that is no line break stays itself beside all that could stand for it`(mark: String) throws {
        let numbers = Array(0xA1...0x7FE) + Array(0xE000...0xF8FE)
        let text = mark + String(String.UnicodeScalarView(numbers.compactMap { Unicode.Scalar($0) }))
        #expect(read("a: x\(text)").document?.root["a"]?.text == "x\(text)")
        let escaped = read("a: \"\(mark)\\uE000\\U0000E001\\xa1\"")
        #expect(escaped.document?.root["a"]?.text == "\(mark)\u{E000}\u{E001}\u{A1}")
    }

    @Test func `a mistake behind such a character has its place`() {
        #expect(
            read("a: x\u{2028}y\nb: {{c\u{85}}}\n  d: 1\n").outlines == [
                "2:4-2:10 FD109 quote this value: YAML reads \"{{\" at its start as a mapping",
                "3:3-3:4 FD109 expected a key, found \"d\"",
            ]
        )
        #expect(read("b: {{c\u{2028}}}\n").findings.first?.help == ["write '{{c\u{2028}}}'"])
    }

    /// Each text with its findings and its tree.
    static let unsupported: [(String, [String], String?)] = [
        (
            "a: &x 1\nb: *x\n",
            [
                "1:4-1:6 FD106 anchor \"&x\" is not allowed in a flow",
                "2:4-2:6 FD106 alias \"*x\" is not allowed in a flow",
            ],
            "{a: \"1\", b: -}"
        ),
        (
            "a: &x\n  b: 1\n<<: *x\n",
            [
                "1:4-1:6 FD106 anchor \"&x\" is not allowed in a flow",
                "3:1-3:3 FD106 merge key \"<<\" is not allowed in a flow",
            ],
            "{a: {b: \"1\"}}"
        ),
        ("<<: {a: 1}\nb: 2\n", ["1:1-1:3 FD106 merge key \"<<\" is not allowed in a flow"], "{b: \"2\"}"),
        ("<<: *x\n", ["1:1-1:3 FD106 merge key \"<<\" is not allowed in a flow"], "{}"),
        (
            "a: !!str 1\nb: !x {c: 1}\nd: !<t> y\n",
            [
                "1:4-1:9 FD106 tag \"!!str\" is not allowed in a flow",
                "2:4-2:6 FD106 tag \"!x\" is not allowed in a flow",
                "3:4-3:8 FD106 tag \"!<t>\" is not allowed in a flow",
            ],
            "{a: \"1\", b: {c: \"1\"}, d: \"y\"}"
        ),
        ("a: !x!y z\n", ["1:4-1:5 FD106 tags are not allowed in a flow"], nil),
        (
            "a: &x !!str\nb: 1\n",
            [
                "1:4-1:6 FD106 anchor \"&x\" is not allowed in a flow",
                "1:7-1:12 FD106 tag \"!!str\" is not allowed in a flow",
            ],
            "{a: -, b: \"1\"}"
        ),
        (
            "a: 1\n---\nb: 2\n",
            ["2:1-2:4 FD106 a second document begins here, and a file holds one flow"], "{a: \"1\"}"
        ),
        (
            "a: 1\n...\nb: 2\n",
            ["3:1-3:5 FD106 a second document begins here, and a file holds one flow"], "{a: \"1\"}"
        ),
        ("a:\n\tb: 1\n", ["2:1-2:2 FD106 a tab is not allowed in the indentation of YAML"], nil),
        (
            "\t# c\na: {{x}}\n\t\n\tb: 1\n",
            [
                "2:4-2:9 FD109 quote this value: YAML reads \"{{\" at its start as a mapping",
                "4:1-4:2 FD106 a tab is not allowed in the indentation of YAML",
            ],
            nil
        ),
        ("a: |\n\t\n  x\n", ["2:1-2:2 FD106 a tab is not allowed in the indentation of YAML"], nil),
        ("a: |\n  x\n\t# c\n  y\n", ["3:1-3:2 FD106 a tab is not allowed in the indentation of YAML"], nil),
        ("- >- # c\n x\n\t\n y\n", ["3:1-3:2 FD106 a tab is not allowed in the indentation of YAML"], nil),
        ("a: x\0y\n", ["1:5-1:6 FD106 NUL is not allowed in a flow"], "{a: \"x_y\"}"),
        (
            "a: \u{1}\nb: \u{9F}\n",
            [
                "1:4-1:5 FD106 control character U+0001 is not allowed in YAML",
                "2:4-2:5 FD106 control character U+009F is not allowed in YAML",
            ],
            "{a: \"_\", b: \"¿\"}"
        ),
        (
            "a: x\u{FEFF}y\n",
            ["1:5-1:6 FD106 a byte order mark is allowed at the start of a file only"], "{a: \"x\u{FFFD}y\"}"
        ),
        ("[a]: 1\nb: 2\n", ["1:1-1:2 FD106 a key has to be a text, and this is a list"], "{b: \"2\"}"),
        ("? a\n: 1\n", ["1:1-1:2 FD106 \"? \" before a key is not allowed in a flow"], "{a: \"1\"}"),
        ("? {a: 1}\n: 1\n", ["1:3-1:4 FD106 a key has to be a text, and this is a mapping"], "{}"),
        ("%FOO x\n---\na: 1\n", ["1:1-1:7 FD106 directive \"%FOO x\" is not allowed in a flow"], nil),
        ("%YAML 9.9\n---\na: 1\n", ["1:1-1:10 FD106 directive \"%YAML 9.9\" is not allowed in a flow"], nil),
    ]

    @Test(arguments: unsupported)
    func `YAML beyond a flow's is refused by name`(text: String, findings: [String], tree: String?) {
        let result = read(text)
        #expect(result.outlines == findings)
        #expect(result.outline == tree)
        #expect(result.findings.allSatisfy { !$0.help.isEmpty })
    }

    @Test(arguments: [
        ("a: &x \(String(repeating: "b", count: 64))\nc: *x\n", String(repeating: "b", count: 64), true),
        ("a: &x \(String(repeating: "b", count: 65))\nc: *x\n", "", true), ("a: &x b\nc: *x\n", "b", true),
        ("a: &x [b]\nc: *x\n", "", true),
        ("a: &x {b: d}\n<<: *x\nc: e\n", "e", true), ("a: &x b\nc: e\n", "e", false),
    ])
    func `what an alias stands for is a short text at most, and the document says so`(
        text: String,
        expected: String,
        hasGaps: Bool
    ) {
        let document = read(text).document
        #expect(document?.root["c"]?.text == expected)
        #expect(document?.hasGaps == hasGaps)
    }

    @Test(arguments: [
        ("a: 1\n\t\nb: 2\n", "{a: \"1\", b: \"2\"}"),
        ("\u{FEFF}\t# é\na:\r\n \t \r\n\t# c\r\n  b: é\r\n", "{a: {b: \"é\"}}"),
        ("a: {{x}}\n\t# <<y>>\nb: 2\n\t", "{a: \"{{x}}\", b: \"2\"}"),
        ("a: x\n\t\n  y\n", "{a: \"x\\ny\"}"),
        ("a: |\n  x\n  \t\n\t\n\t# c\nb: 2\n", "{a: \"x\\n\\t\\n\", b: \"2\"}"),
        ("a:\n- b: |\n    x\n    \t# d\n\t\n  c: 2\n\t\n", "{a: [{b: \"x\\n\\t# d\\n\", c: \"2\"}]}"),
        ("- |\n x\n \t# d\n- a\n\t\n- b\n", "[\"x\\n\\t# d\\n\", \"a\", \"b\"]"),
        ("a:\n  >-\n x\n \t\n \t# d\n y\n\t\nb: 1\n", "{a: \"x\\n\\t\\n\\t# d\\ny\", b: \"1\"}"),
    ])
    func `tabs that indent nothing are allowed, and those of a text stay`(text: String, tree: String) {
        let result = read(text)
        #expect(result.findings.filter { $0.code != .syntax } == [])
        #expect(result.outline == tree)
    }

    @Test func `places behind tabs that indent nothing are those of the file`() {
        let result = read("a: 1\n\t\n \t # é\nb: [é, c]\n")
        #expect(
            result.document?.root.spans.map(\.outline) == [
                "1:1-4:10", "1:1-1:2", "1:4-1:5", "4:1-4:2", "4:4-4:10", "4:5-4:6", "4:8-4:9",
            ]
        )
    }

    @Test func `a version directive is allowed`() {
        #expect(read("%YAML 1.2\n---\na: 1\n").outline == "{a: \"1\"}")
    }

    @Test(.timeLimit(.minutes(5))) func `an alias bomb is refused at its aliases`() {
        var text = "a0: &a0 [x]\n"
        for level in 1..<60 {
            text +=
                "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ") + "]\n"
        }
        let result = read(text)
        #expect(result.findings.count == 60 + 59 * 9)
        #expect(result.outlines[2] == "2:10-2:13 FD106 alias \"*a0\" is not allowed in a flow")
        #expect(result.document?.root["a59"]?.outline == "[-, -, -, -, -, -, -, -, -]")
    }

    /// Each text with its finding, its help and its tree.
    static let syntax: [(String, String, [String], String?)] = [
        ("a: 'x\nb: 1\n", "1:4-1:5 FD109 the text that begins with \"'\" is not closed", [], nil),
        ("a: \"x\n", "1:4-1:5 FD109 the text that begins with \"\"\" is not closed", [], nil),
        (
            "a: \"x\" y\n", "1:8-1:9 FD109 expected the end of the line, found \"y\"",
            ["quote the whole value if it is one text"], nil
        ),
        (
            "a: \"\\q\"\n", "1:5-1:7 FD109 \"\\q\" is not an escape of YAML",
            ["write \"\\\\\" for a backslash, or use single quotes"], nil
        ),
        (
            "a: \"\\ud83d\\ude00\"\n", "1:5-1:11 FD109 \"\\ud83d\" is not an escape of YAML",
            ["write the character itself"], nil
        ),
        ("a: 1\nb\nc: 2\n", "2:1-2:2 FD109 expected \":\" and a value behind \"b\"", [], nil),
        (
            "a: 1\n  b: 2\n", "2:3-2:4 FD109 this line continues \"1\", so no key can stand in it",
            ["put \":\" behind \"1\" if that is a key", "check the indentation of this line if it is not"], nil
        ),
        (
            "a b\nc: d\n", "2:1-2:2 FD109 this line continues \"a b\", so no key can stand in it",
            ["put \":\" behind \"a b\" if that is a key", "check the indentation of this line if it is not"], nil
        ),
        (
            "nodes: Start:\n  type: start\n", "1:8-1:13 FD109 key \"Start\" cannot stand on the line of another key",
            ["put it on a line of its own, under that key"], nil
        ),
        (
            "a: - b\n", "1:4-1:5 FD109 a list cannot begin here",
            ["put \"- \" on a line of its own, under its key", "quote the value if it is a text"], nil
        ),
        ("a: 1\n- b\n", "2:1-2:2 FD109 expected a key, found \"-\"", ["check the indentation of this line"], nil),
        (
            "- a\nb: 1\n", "2:1-2:2 FD109 expected \"- \" and the next item of the list, found \"b\"",
            ["check the indentation of this line"], nil
        ),
        (
            "a:\n    b: 1\n  c: 2\n", "3:3-3:4 FD109 expected a key, found \"c\"",
            ["check the indentation of this line"], nil
        ),
        (
            "a: [1, 2\nb: 3\n", "1:4-1:5 FD109 \"[\" opened here is not closed", ["write \"]\" at its end"], nil
        ),
        ("a: {b: 1\n", "1:4-1:5 FD109 \"{\" opened here is not closed", ["write \"}\" at its end"], nil),
        (
            "a: {b: X,\nc: d\ne: f\n", "1:4-1:5 FD109 \"{\" opened here is not closed", ["write \"}\" at its end"], nil
        ),
        (
            "a: {b: X c_d: end}\n", "1:10-1:13 FD109 a \",\" is missing before \"c_d\"",
            ["quote the whole value if it is one text"], nil
        ),
        (
            "a: {\n  b: X y\n  c: end\n}\n", "3:3-3:4 FD109 a \",\" is missing before \"c\"",
            ["quote the whole value if it is one text"], nil
        ),
        (
            "a: 1\nb_c:20\nd: 2\n", "2:1-2:7 FD109 a space is missing behind the \":\" of \"b_c:20\"",
            ["write \"b_c: 20\""], nil
        ),
        (
            "a:\n  b:C # d\n  e: f\n", "2:3-2:6 FD109 a space is missing behind the \":\" of \"b:C\"",
            ["write \"b: C\""], nil
        ),
        (
            "a: {b: c, d:E}\n", "1:11-1:14 FD109 a space is missing behind the \":\" of \"d:E\"",
            ["write \"d: E\""], "{a: {b: \"c\", d:E: -}}"
        ),
        (
            "a: 1\nb:\u{A0}20\nc: 2\n", "2:1-2:6 FD109 expected a space behind \"b:\", found U+00A0 (no-break space)",
            ["write \"b: 20\""], nil
        ),
        (
            "a: 1\nb:\u{200B}20\nc: 2\n",
            "2:1-2:6 FD109 expected a space behind \"b:\", found U+200B (zero-width space)", ["write \"b: 20\""], nil
        ),
        (
            "a: 1\nb\u{A0}c\nd: 2\n",
            "2:1-2:4 FD109 expected \":\" and a value behind \"b\u{A0}c\", with U+00A0 (no-break space) in it", [], nil
        ),
        (
            "a: 'b'\n  https://c\n", "2:3-2:8 FD109 expected a key, found \"https\"",
            ["check the indentation of this line"], nil
        ),
        (
            "a:\n  - sip:b@c\n  d: e\n", "3:3-3:4 FD109 expected \"- \" and the next item of the list, found \"d\"",
            ["check the indentation of this line"], nil
        ),
        (
            "a:\n  b: []\n    c: d\n", "3:5-3:6 FD109 expected a key, found \"c\"",
            ["check the indentation of this line"], nil
        ),
        ("a: {b: c, d:}\n", "1:12-1:13 FD109 a space is missing behind \":\"", ["write \": \""], nil),
        (
            "a: [{b}]\n", "1:6-1:7 FD109 expected \":\" and a value behind \"b\"",
            ["quote the whole value before it if it belongs to that"], "{a: [{b: -}]}"
        ),
        (
            "a: [1}\n", "1:6-1:7 FD109 expected \",\" or \"]\", found \"}\"",
            ["quote a text that holds one of , [ ] { }"], nil
        ),
        ("a: }\n", "1:4-1:5 FD109 expected a value, found \"}\"", [], nil),
        ("a: [\n", "1:4-1:5 FD109 \"[\" opened here is not closed", ["write \"]\" at its end"], nil),
        ("{a: b}}\n", "1:7-1:8 FD109 expected the end of the file, found \"}\"", [], "{a: \"b\"}"),
    ]

    @Test(arguments: syntax)
    func `a mistake is told in plain words`(text: String, finding: String, help: [String], tree: String?) {
        let result = read(text)
        #expect(result.outlines == [finding])
        #expect(result.findings.first?.help == help)
        #expect(result.outline == tree)
    }

    @Test func `an unclosed bracket shows where it opened`() {
        #expect(read("a: {b: 1]\n").findings.first?.related.map(\.span.outline) == ["1:4-1:5"])
    }
}
