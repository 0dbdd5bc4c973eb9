import FlowDocument
import Testing

@Suite struct QuoteThisValueTests {
    /// Each text with its findings, what to write in their place, and the tree as its author meant it.
    static let cases: [(String, [String], [String], String)] = [
        (
            "to: {{Start.call.from}}\nb: 1\n", ["1:5-1:24 YAML reads \"{{\" at its start as a mapping"],
            ["'{{Start.call.from}}'"], "{to: \"{{Start.call.from}}\", b: \"1\"}"
        ),
        (
            "x: {{a}}/{{b}} # c\n", ["1:4-1:15 YAML reads \"{{\" at its start as a mapping"], ["'{{a}}/{{b}}'"],
            "{x: \"{{a}}/{{b}}\"}"
        ),
        (
            "x: {{a | default: \"q\"}}\n", ["1:4-1:24 YAML reads \"{{\" at its start as a mapping"],
            ["'{{a | default: \"q\"}}'"], "{x: \"{{a | default: \\\"q\\\"}}\"}"
        ),
        (
            "x: {{a | default: 'q'}}\n", ["1:4-1:24 YAML reads \"{{\" at its start as a mapping"],
            ["'{{a | default: ''q''}}'"], "{x: \"{{a | default: \\'q\\'}}\"}"
        ),
        (
            "x: {{a\nb: 1\n", ["1:4-1:7 YAML reads \"{{\" at its start as a mapping"], ["'{{a'"],
            "{x: \"{{a\", b: \"1\"}"
        ),
        ("{{a}}: b\n", ["1:1-1:6 YAML reads \"{{\" at its start as a mapping"], ["'{{a}}'"], "{{{a}}: \"b\"}"),
        (
            "x:\n  - {{a}}\n  - b: {{c}}\n",
            [
                "2:5-2:10 YAML reads \"{{\" at its start as a mapping",
                "3:8-3:13 YAML reads \"{{\" at its start as a mapping",
            ],
            ["'{{a}}'", "'{{c}}'"], "{x: [\"{{a}}\", {b: \"{{c}}\"}]}"
        ),
        (
            "x: [{{a}}, b]\ny: {z: {{c}}}\n",
            [
                "1:5-1:10 YAML reads \"{{\" at its start as a mapping",
                "2:8-2:13 YAML reads \"{{\" at its start as a mapping",
            ],
            ["'{{a}}'", "'{{c}}'"], "{x: [\"{{a}}\", \"b\"], y: {z: \"{{c}}\"}}"
        ),
        (
            "x: <<a.b | default: \"q\">>\nb: 1\n", ["1:4-1:26 YAML reads \": \" in it as the end of a key"],
            ["'<<a.b | default: \"q\">>'"], "{x: \"<<a.b | default: \\\"q\\\">>\", b: \"1\"}"
        ),
        (
            "url: https://x/<<a | default: \"b\">>/c  # d\n", ["1:6-1:38 YAML reads \": \" in it as the end of a key"],
            ["'https://x/<<a | default: \"b\">>/c'"], "{url: \"https://x/<<a | default: \\\"b\\\">>/c\"}"
        ),
        (
            "x: +1, é<<a | default: \"x\">>\n", ["1:4-1:29 YAML reads \": \" in it as the end of a key"],
            ["'+1, é<<a | default: \"x\">>'"], "{x: \"+1, é<<a | default: \\\"x\\\">>\"}"
        ),
        (
            "x: <<a\n  | default: \"b\">>\nc: d\n", ["1:4-2:19 YAML reads \": \" in it as the end of a key"],
            ["'<<a | default: \"b\">>'"], "{x: \"<<a | default: \\\"b\\\">>\", c: \"d\"}"
        ),
        (
            "- <<a | default: b>>\n- c\n", ["1:3-1:21 YAML reads \": \" in it as the end of a key"],
            ["'<<a | default: b>>'"], "[\"<<a | default: b>>\", \"c\"]"
        ),
        (
            "x:\n  <<a | default: \"b\">>\n", ["2:3-2:23 YAML reads \": \" in it as the end of a key"],
            ["'<<a | default: \"b\">>'"], "{x: \"<<a | default: \\\"b\\\">>\"}"
        ),
        ("a: b: c\n", ["1:4-1:8 YAML reads \": \" in it as the end of a key"], ["'b: c'"], "{a: \"b: c\"}"),
        (
            "speak: Sorry: try later # c\n", ["1:8-1:24 YAML reads \": \" in it as the end of a key"],
            ["'Sorry: try later'"], "{speak: \"Sorry: try later\"}"
        ),
        (
            "x: *foo\nb: 1\n", ["1:4-1:8 YAML reads \"*\" at its start as an alias"], ["'*foo'"],
            "{x: \"*foo\", b: \"1\"}"
        ),
        ("key: *\nb: 1\n", ["1:6-1:7 YAML reads \"*\" at its start as an alias"], ["'*'"], "{key: \"*\", b: \"1\"}"),
        ("key: #\nb: 1\n", ["1:6-1:7 YAML reads \"#\" at its start as a comment"], ["'#'"], "{key: \"#\", b: \"1\"}"),
        ("key: #1 # c\n", ["1:6-1:8 YAML reads \"#\" at its start as a comment"], ["'#1'"], "{key: \"#1\"}"),
        ("x: & more\n", ["1:4-1:10 YAML reads \"&\" at its start as an anchor"], ["'& more'"], "{x: \"& more\"}"),
        ("x: @home\ny: 50\n", ["1:4-1:9 YAML allows no \"@\" at its start"], ["'@home'"], "{x: \"@home\", y: \"50\"}"),
        ("x: %50\n", ["1:4-1:7 YAML allows no \"%\" at its start"], ["'%50'"], "{x: \"%50\"}"),
        ("x: > 5\n", ["1:4-1:7 YAML allows no \">\" at its start"], ["'> 5'"], "{x: \"> 5\"}"),
        (
            "x: <<Start.call.to # note>>\n", ["1:4-1:28 YAML reads \" #\" in it as the start of a comment"],
            ["'<<Start.call.to # note>>'"], "{x: \"<<Start.call.to # note>>\"}"
        ),
        (
            "x: <<a | append: \" #1\">>\n", ["1:4-1:25 YAML reads \": \" in it as the end of a key"],
            ["'<<a | append: \" #1\">>'"], "{x: \"<<a | append: \\\" #1\\\">>\"}"
        ),
        (
            "{a: <<x[0]>>, b: <<y[1]>>}\n",
            [
                "1:5-1:13 inside [ ] or { } YAML reads \"[\" in it as the end of an item",
                "1:18-1:26 inside [ ] or { } YAML reads \"[\" in it as the end of an item",
            ],
            ["'<<x[0]>>'", "'<<y[1]>>'"], "{a: \"<<x[0]>>\", b: \"<<y[1]>>\"}"
        ),
        (
            "{a: <<x | default: \"b, c\">>}\n", ["1:5-1:28 YAML reads \": \" in it as the end of a key"],
            ["'<<x | default: \"b, c\">>'"], "{a: \"<<x | default: \\\"b, c\\\">>\"}"
        ),
        (
            "a: [<<x, y>>, z]\n", ["1:5-1:13 inside [ ] or { } YAML reads \",\" in it as the end of an item"],
            ["'<<x, y>>'"], "{a: [\"<<x, y>>\", \"z\"]}"
        ),
        (
            "a: [<<b | default: \"x\", c>>]\n", ["1:5-1:28 YAML reads \": \" in it as the end of a key"],
            ["'<<b | default: \"x\", c>>'"], "{a: [\"<<b | default: \\\"x\\\", c>>\"]}"
        ),
        (
            "a: {\n  b: <<c | d: \"e\">>,\n  f: g\n}\n", ["2:6-2:20 YAML reads \": \" in it as the end of a key"],
            ["'<<c | d: \"e\">>'"], "{a: {b: \"<<c | d: \\\"e\\\">>\", f: \"g\"}}"
        ),
        (
            "a: \"<<x | default: \"b\">>\"\nc: d\n", ["1:4-1:26 YAML ends it at the next quote of the same kind"],
            ["'<<x | default: \"b\">>'"], "{a: \"\\\"<<x | default: \\\"b\\\">>\\\"\", c: \"d\"}"
        ),
        (
            "a: {s: x, key: #, t: 10}\nb: c\n", ["1:16-1:17 YAML reads \"#\" at its start as a comment"], ["'#'"],
            "{a: {s: \"x\", key: \"#\", t: \"10\"}, b: \"c\"}"
        ),
        (
            "a: {s: x, room: #12}\nb: c\n", ["1:17-1:20 YAML reads \"#\" at its start as a comment"], ["'#12'"],
            "{a: {s: \"x\", room: \"#12\"}, b: \"c\"}"
        ),
        (
            "a: {t: a #1}\n", ["1:8-1:12 YAML reads \" #\" in it as the start of a comment"], ["'a #1'"],
            "{a: {t: \"a #1\"}}"
        ),
        (
            "a: {\n  t: é #1,\n  u: b\n}\n", ["2:6-2:10 YAML reads \" #\" in it as the start of a comment"],
            ["'é #1'"], "{a: {t: \"é #1\", u: \"b\"}}"
        ),
        (
            "a: [{t: b}, c #1]\nd: e\n", ["1:13-1:17 YAML reads \" #\" in it as the start of a comment"], ["'c #1'"],
            "{a: [{t: \"b\"}, \"c #1\"], d: \"e\"}"
        ),
        (
            "a: {g: Hello, world, s: <<b.c>>}\n",
            ["1:8-1:20 inside [ ] or { } YAML reads \",\" in it as the end of an item"], ["'Hello, world'"],
            "{a: {g: \"Hello, world\", s: \"<<b.c>>\"}}"
        ),
        (
            "a: {q: b, c}\n", ["1:8-1:12 inside [ ] or { } YAML reads \",\" in it as the end of an item"], ["'b, c'"],
            "{a: {q: \"b, c\"}}"
        ),
        (
            "a: {s: Press 1, please, now, key: 1}\n",
            ["1:8-1:28 inside [ ] or { } YAML reads \",\" in it as the end of an item"], ["'Press 1, please, now'"],
            "{a: {s: \"Press 1, please, now\", key: \"1\"}}"
        ),
        (
            "a: {to: +1202, sip:b@c.example}\n",
            ["1:9-1:31 inside [ ] or { } YAML reads \",\" in it as the end of an item"], ["'+1202, sip:b@c.example'"],
            "{a: {to: \"+1202, sip:b@c.example\"}}"
        ),
        (
            "a: {b: *c, d}\n", ["1:8-1:13 YAML reads \"*\" at its start as an alias"], ["'*c, d'"],
            "{a: {b: \"*c, d\"}}"
        ),
        (
            "a: {b: <<c | default: \"d\">>, e, f: g}\n",
            ["1:8-1:31 YAML reads \": \" in it as the end of a key"], ["'<<c | default: \"d\">>, e'"],
            "{a: {b: \"<<c | default: \\\"d\\\">>, e\", f: \"g\"}}"
        ),
        (
            "a: Press #1 to accept # so\nb: c\n", ["1:4-1:22 YAML reads \" #\" in it as the start of a comment"],
            ["'Press #1 to accept'"], "{a: \"Press\", b: \"c\"}"
        ),
        (
            "- Call #<<a.b>>\n", ["1:3-1:16 YAML reads \" #\" in it as the start of a comment"],
            ["'Call #<<a.b>>'"], "[\"Call\"]"
        ),
        (
            "a: 'We're sorry'  # so\nb: c\n", ["1:4-1:17 YAML ends it at the next quote of the same kind"],
            ["'We''re sorry'"], "{a: \"\\'We\\'re sorry\\'\", b: \"c\"}"
        ),
        (
            "a: {b: \"c \"d\" e\", f: 'g'}\n", ["1:8-1:17 YAML ends it at the next quote of the same kind"],
            ["'c \"d\" e'"], "{a: {b: \"\\\"c \\\"d\\\" e\\\"\", f: \"g\"}}"
        ),
        (
            "a: {b,c}\nd: e\n", ["1:4-1:9 YAML reads \"{\" at its start as a mapping"], ["'{b,c}'"],
            "{a: \"{b,c}\", d: \"e\"}"
        ),
        (
            "a: {% b %}  # so\n", ["1:4-1:11 YAML reads \"{\" at its start as a mapping"], ["'{% b %}'"],
            "{a: \"{% b %}\"}"
        ),
        (
            "a: {<<b | default: \"}\">>}\n", ["1:4-1:26 YAML reads \"{\" at its start as a mapping"],
            ["'{<<b | default: \"}\">>}'"], "{a: \"{<<b | default: \\\"}\\\">>}\"}"
        ),
        (
            "a: {b} is here\nc: d\n", ["1:4-1:15 YAML reads \"{\" at its start as a mapping"], ["'{b} is here'"],
            "{a: \"{b} is here\", c: \"d\"}"
        ),
        (
            "- {b} c\n", ["1:3-1:8 YAML reads \"{\" at its start as a mapping"], ["'{b} c'"], "[\"{b} c\"]"
        ),
        (
            "a: [b] c <<d>> # [e]\n", ["1:4-1:15 YAML reads \"[\" at its start as a list"], ["'[b] c <<d>>'"],
            "{a: \"[b] c <<d>>\"}"
        ),
        (
            "a:\n  - [b, \"c]\"]d\n  - e\n", ["2:5-2:15 YAML reads \"[\" at its start as a list"], ["'[b, \"c]\"]d'"],
            "{a: [\"[b, \\\"c]\\\"]d\", \"e\"]}"
        ),
        (
            "a: [é]: b\nc: d\n", ["1:4-1:10 YAML reads \"[\" at its start as a list"], ["'[é]: b'"],
            "{a: \"[é]: b\", c: \"d\"}"
        ),
    ]

    @Test(arguments: cases)
    func `a value that needs quotes is told so`(text: String, reasons: [String], values: [String], tree: String) {
        let result = read(text)
        let expected = reasons.map { $0.replacing(" ", with: " FD109 quote this value: ", maxReplacements: 1) }
        #expect(result.outlines == expected)
        #expect(result.findings.map(\.help.first) == values.map { "write \($0)" })
        #expect(result.outline == tree)
    }

    @Test(arguments: [
        ("a: Press #1 to accept\n", Finding.Severity.warning), ("a: Call #<<b.c>>\n", .warning),
        ("a: {b: Press #1\n}\n", .warning), ("a: {b: Press #1}\n", .error), ("a: *b\n", .error),
    ])
    func `what may be a comment all the same is a warning`(text: String, severity: Finding.Severity) {
        #expect(read(text).findings.map(\.severity) == [severity])
    }

    @Test(arguments: cases)
    func `what the help says is read without a finding`(
        text: String,
        reasons: [String],
        values: [String],
        tree: String
    ) throws {
        let lines = SourceLines(Array(text.utf8))
        let found = try #require(read(text).findings.last)
        let line = try #require(lines[found.span.start.line])
        guard found.span.start.line == found.span.end.line, values.count == 1 else { return }
        let scalars = Array(line.unicodeScalars)
        let fixed =
            String(String.UnicodeScalarView(scalars[..<(found.span.start.column - 1)])) + values[0]
            + String(String.UnicodeScalarView(scalars[(found.span.end.column - 1)...]))
        let whole = (1...lines.count).map { $0 == found.span.start.line ? fixed : lines[$0] ?? "" }
        #expect(read(whole.joined(separator: "\n")).findings == [])
    }

    @Test(arguments: [
        "x: <<a>> # <<b>>\n", "x: # a comment\n", "x: # a\n  y: 1\n", "x:\n#y\n", "x: 1 #2\n", "x: '{{a}}'\n",
        "x: \"<<a | default: 'b'>>\"\n", "x: |\n  {{a | b: c}} # <<d, e>>\n", "x: [<<a>>, '<<b[0]>>']\n",
        "x: a {{b}} c\n", "x: {a: {b: {c: d}}}\n", "x: \\<<a # b>>\n", "x: [a, #1\n b]\n", "x: <<a>\n",
        "x: a << b # c\n", "x: {a: , b: }\n", "x: {a: b, \"c\": }\n", "x: {a: b, }\n",
        "x: {a: b, # c}\n  d: e}\n", "x: [a, b # c]\n]\n",
        "x: {a: b}\n", "x: {\n  a: b }\n", "x: [a, b] # c\n", "x: {}\ny: [ ] #\n", "x: {a: [b, {}], c: {d: }}\n",
        "x: [a]\t\n", "x: [\"] a\", ']''] b', <<c>>]\n", "x: {\"a\":\"} b\"}\n", "- [a, b]\n- {c: d}\n", "{a: [b]}\n",
        "x: [a,\n  b]\n", "x: a {b} c\n", "x: a[0]\n", "x: |\n  [a] b\n",
        "x: a #b\n", "x: end  #1 of 2\n", "x: +1202 #1\n", "x: a # 1\n", "x: it's\n",
    ])
    func `a value that needs no quotes is left in peace`(text: String) {
        #expect(read(text).findings == [])
    }

    @Test(arguments: [
        ("a: {b: c} d\n", "1:11-1:12 FD109 expected the end of the line, found \"d\""),
        ("a: {b: c}}\n", "1:10-1:11 FD109 expected the end of the line, found \"}\""),
        ("a: [b],\n", "1:7-1:8 FD109 expected the end of the line, found \",\""),
        ("a: {b:c}\n", "1:5-1:8 FD109 a space is missing behind the \":\" of \"b:c\""),
        ("a: {b, c: d}\n", "1:5-1:6 FD109 expected \":\" and a value behind \"b\""),
        ("a: {\n  b\n}\n", "2:3-2:4 FD109 expected \":\" and a value behind \"b\""),
        ("a: {? b}\n", "1:5-1:6 FD106 \"? \" before a key is not allowed in a flow"),
        ("[a]: b\n", "1:1-1:2 FD106 a key has to be a text, and this is a list"),
        ("a:\n  [b]: c\n", "2:3-2:4 FD106 a key has to be a text, and this is a list"),
    ])
    func `brackets that are meant as such are`(text: String, finding: String) {
        #expect(read(text).outlines == [finding])
    }

    @Test func `all forgotten quotes of a file are found in one reading, and other mistakes with them`() {
        let text = """
            a: <<x | default: "é">>
            b: &anchor 1
            c: {{y}}
            d: *z
            a: 2
            e: [<<i[0]>>, <<j[1]>>]
            f: #1
            """
        #expect(
            read(text).outlines == [
                "1:4-1:24 FD109 quote this value: YAML reads \": \" in it as the end of a key",
                "2:4-2:11 FD106 anchor \"&anchor\" is not allowed in a flow",
                "3:4-3:9 FD109 quote this value: YAML reads \"{{\" at its start as a mapping",
                "4:4-4:6 FD109 quote this value: YAML reads \"*\" at its start as an alias",
                "5:1-5:2 FD103 key \"a\" is defined twice",
                "6:5-6:13 FD109 quote this value: inside [ ] or { } YAML reads \"[\" in it as the end of an item",
                "6:15-6:23 FD109 quote this value: inside [ ] or { } YAML reads \"[\" in it as the end of an item",
                "7:4-7:6 FD109 quote this value: YAML reads \"#\" at its start as a comment",
            ]
        )
    }

    @Test func `places behind a repaired value stay those of the file`() throws {
        let result = read("a: {b: <<x | f: 'é'>>, c: d}\ne: f\n")
        let root = try #require(result.document?.root)
        #expect(
            root.spans.map(\.outline) == [
                "1:1-2:5", "1:1-1:2", "1:4-1:29", "1:5-1:6", "1:8-1:22", "1:24-1:25", "1:27-1:28", "2:1-2:2", "2:4-2:5",
            ]
        )
        #expect(root.at("e")?.span.start.offset == 33)
        #expect(root.at("a.b")?.scalar == Scalar("<<x | f: 'é'>>", style: .plain))
    }

    @Test(.timeLimit(.minutes(5))) func `many forgotten quotes end`() {
        let text = (0..<200).map { "k\($0): <<a | b: \"c\">>\n" }.joined()
        let result = read(text)
        #expect(result.findings.count >= 49)
        #expect(read((0..<1000).map { "k\($0): {{a | b: \"c\"}}\n" }.joined()).findings.count == 1000)
    }
}
