import FlowCore
import FlowDocument
import Testing

@Suite("Building a flow")
struct FlowBuilderTests {
    @Test func `a line break that ends a block scalar stays in bodies alone`() throws {
        let text = """
            nodes:
              Start: {type: start, transitions: {incoming_call: F}}
              F:
                type: >
                  http_request
                url: >
                  https://app.example.com/a
                method: |+
                  POST

                headers:
                  X-A: |
                    b
                timeout: |
                  4
                body: |
                  c
                transitions: >
                  end
            """
        let build = FlowBuilder.build(source: Array(text.utf8), file: "a.yaml", format: .yaml)
        #expect(build.findings.map(\.code.id) == [])
        let flow = try #require(build.flow)
        #expect(flow.nodes[1].behavior.headline == "POST https://app.example.com/a")
        #expect(flow.nodes[1].source["headers"]?["X-A"]?.text == "b")
        #expect(flow.nodes[1].source["body"]?.text == "c\n")
    }

    @Test(arguments: [
        "A: &a {type: http_request, url: https://a.example/, transitions: end}\n  B: {<<: *a}",
        "A: {type: call_forward, to: &a +12025551234, from: *a, transitions: &b end}\n"
            + "  B: {type: call_forward, to: *a, transitions: *b}",
        "A: {type: http_request, url: https://a.example/, headers: &a {b: c}, transitions: end}\n"
            + "  B: {type: http_request, url: https://a.example/, headers: *a, transitions: end}",
        "A: &a {type: call_forward, to: +12025551234, screening: &s {speak: a, key: 1}, transitions: end}\n"
            + "  B: {type: call_forward, to: +12025551234, screening: *s, transitions: end}\n  C: *a",
        "A: {type: http_request, url: https://a.example/, auth: &a {bearer: b}, retry: &r {attempts: 2}, transitions: end}\n"
            + "  B: {type: http_request, url: https://a.example/, auth: *a, retry: *r, transitions: end}",
    ])
    func `of what an alias stands for nothing more is said`(_ nodes: String) {
        let text = "nodes:\n  Start: {type: start, transitions: {incoming_call: A}}\n  \(nodes)\n"
        let findings = FlowBuilder.build(source: Array(text.utf8), file: "a.yaml", format: .yaml).findings
        #expect(Set(findings.map(\.code.id)) == ["FD106"])
    }

    @Test(arguments: [
        ("auth: {bearer}", ["FD109"]), ("headers: {A b}", ["FD109"]), ("params: {a}", ["FD109"]),
        ("retry: {attempts}", ["FD109"]), ("transitions: {success}", ["FD109"]),
        ("body: {a: <<Start.call.form | default: \"b\">>}", ["FD109", "FD301"]),
        ("transitions: Nn #1 of two", ["FD109", "FD202"]), ("wait: nope #1", ["FD109", "FD104"]),
    ])
    func `what has to be quoted first is not judged as it is read`(_ line: String, _ codes: [String]) {
        let text = """
            nodes:
              Start: {type: start, transitions: {incoming_call: F}}
              F:
                type: http_request
                url: https://app.example.com/
                \(line)
            """
        let findings = FlowBuilder.build(source: Array(text.utf8), file: "a.yaml", format: .yaml).findings
        #expect(findings.map(\.code.id) == codes)
    }

    @Test(arguments: [
        ("Start.call.form", "call.from"), ("Start.cal.from", "call.from"), ("Start.callfrom", "call.from"),
        ("Start.call_from", "call.from"), ("Start.call.header.X-A", "call.headers.X-A"),
        ("Start.parms.Day", "params.Day"), ("Start.http.param.day", "http.params.day"), ("F.statu", "status"),
        ("Start.call.frm", "call.from"), ("Start.call.uid", "call.uuid"), ("Start.message.txt", "message.text"),
        ("Start.call.ax", nil), ("Start.call.id", nil), ("F.sta", nil),
    ])
    func `a value is guessed part by part`(_ reference: String, _ meant: String?) {
        let text = """
            nodes:
              Start: {type: start, transitions: {incoming_call: F}}
              F: {type: call_forward, to: +12025551234, caller_name: <<\(reference)>>, transitions: end}
            """
        let findings = FlowBuilder.build(source: Array(text.utf8), file: "a.yaml", format: .yaml).findings
        #expect(findings.map(\.code.id) == ["FD301"])
        let node = reference.prefix { $0 != "." }
        let guesses = findings.flatMap(\.help).filter { $0.hasPrefix("did you mean") }
        #expect(guesses == (meant.map { ["did you mean \"<<\(node).\($0)>>\"?"] } ?? []))
    }

    @Test(arguments: [("call", "call.uuid, call.from, call.to"), ("message", "message.uuid, message.message_uuid")])
    func `the beginning of values is answered with those below it`(_ path: String, _ values: String) throws {
        let text = """
            nodes:
              Start: {type: start, transitions: {incoming_call: F}}
              F: {type: call_forward, to: +12025551234, caller_name: <<Start.\(path)>>, transitions: end}
            """
        let help = try #require(findings(text).first?.help.first)
        #expect(help.hasPrefix("values like it are \(values), "))
        #expect(help.split(separator: ",").allSatisfy { $0.contains(" \(path).") })
    }

    @Test func `the contract's flow has nothing wrong`() {
        #expect(problems(dialStatus) == [])
    }

    struct Wrong: CustomTestStringConvertible {
        var testDescription: String
        var node: String
        var expected: [String]

        init(_ description: String, _ node: String, _ expected: [String]) {
            testDescription = description
            self.node = node
            self.expected = expected
        }
    }

    /// Keys of a node "N" that stands at line 3, each beginning at column 5.
    static let wrong: [Wrong] = [
        Wrong("an unknown key", "type: call_forward\nto: +12025551234\nring_timout: 30", ["FD101 6:5"]),
        Wrong("a missing key", "type: http_request", ["FD102 4:5"]),
        Wrong("an empty required value", "type: http_request\nurl:", ["FD102 5:9"]),
        Wrong("targets that are commas alone", "type: call_forward\nto: ' , , '", ["FD102 5:9"]),
        Wrong("a list of empty targets", "type: call_forward\nto: ['', ' , ']", ["FD102 5:9"]),
        Wrong("an empty list of targets", "type: call_forward\nto: []", ["FD102 5:9"]),
        Wrong("an empty token", "type: http_request\nurl: http://a.example/\nauth: {bearer: ''}", ["FD102 6:20"]),
        Wrong("a token left out", "type: http_request\nurl: http://a.example/\nauth: {bearer: }", ["FD102 6:20"]),
        Wrong(
            "a password left out",
            "type: http_request\nurl: http://a.example/\nauth: {basic: {username: a}}",
            ["FD102 6:20"]
        ),
        Wrong(
            "a password with nothing behind its colon",
            "type: http_request\nurl: http://a.example/\nauth: {basic: {username: a, password: }}",
            ["FD102 6:43"]
        ),
        Wrong(
            "a password that is blank, and an empty name",
            "type: http_request\nurl: http://a.example/\nauth: {basic: {username: '', password: ' '}}",
            ["FD102 6:30", "FD102 6:44"]
        ),
        Wrong(
            "a screening that says nothing",
            "type: call_forward\nto: +12025551234\nscreening: {speak: '', key: 1}",
            ["FD102 6:24"]
        ),
        Wrong("a number that is none", "type: call_forward\nto: +12025551234\nring_timeout: thirty", ["FD104 6:19"]),
        Wrong("a number with a sign", "type: call_forward\nto: +12025551234\nring_timeout: +30", ["FD104 6:19"]),
        Wrong("a number out of range", "type: call_forward\nto: +12025551234\nring_timeout: 601", ["FD104 6:19"]),
        Wrong("a boolean that is none", "type: call_forward\nto: +12025551234\nhangup_on_star: yes", ["FD104 6:21"]),
        Wrong("a word that is none", "type: call_forward\nto: +12025551234\nmode: serial", ["FD104 6:11"]),
        Wrong("a time limit beyond Plivo's", "type: call_forward\nto: +12025551234\ntime_limit: 86401", ["FD406 6:17"]),
        Wrong("a number that is not E.164", "type: call_forward\nto: (415) 555-0100, +12025551234", ["FD401 5:9"]),
        Wrong("an unknown type", "type: call_foward", ["FD104 4:11"]),
        Wrong("a mistyped type", "typ: call_forward\nto: 911", ["FD101 4:5"]),
        Wrong("a type in capitals", "Type: call_forward\nto: 911", ["FD101 4:5"]),
        Wrong("a mistyped key that is required", "type: http_request\nurll: http://a.example/", ["FD101 5:5"]),
        Wrong(
            "keys cut short",
            "type: http_request\nurl: http://a.example/\nauth: {basic: {user: a, pass: b}}",
            ["FD101 6:20", "FD101 6:29"]
        ),
        Wrong(
            "a mistyped kind of credentials",
            "type: http_request\nurl: http://a.example/\nauth: {Bearer: a}",
            ["FD101 6:12"]
        ),
        Wrong(
            "a caller ID that is no number where the value is empty",
            "type: call_forward\nto: +12025551234\nfrom: '<<Start.call.from | default: \"me\">>'",
            ["FD401 6:42"]
        ),
        Wrong(
            "a caller ID that is a SIP URI where the value is empty",
            "type: call_forward\nto: +12025551234\nfrom: '<<Start.call.from | default: \"sip:a@b.example\">>'",
            ["FD401 6:42"]
        ),
        Wrong(
            "an unknown outcome",
            "type: call_forward\nto: +12025551234\ntransitions: {noanswer: end}",
            ["FD205 6:19"]
        ),
        Wrong("a dangling transition", "type: call_forward\nto: +12025551234\ntransitions: {busy: Nn}", ["FD202 6:25"]),
        Wrong(
            "an unknown node in a template",
            "type: http_request\nurl: http://a.example/\nbody: {a: <<Strat.call.from>>}",
            ["FD301 6:17"]
        ),
        Wrong(
            "an unknown value in a template",
            "type: http_request\nurl: http://a.example/\nbody: x <<Start.call.form>>",
            ["FD301 6:21"]
        ),
        Wrong(
            "a template that is not closed",
            "type: http_request\nurl: http://a.example/\nbody: x <<Start.call.from>",
            ["FD307 6:13"]
        ),
        Wrong(
            "an unknown filter",
            "type: http_request\nurl: http://a.example/\nbody: x <<Start.call.from | upcas>>",
            ["FD307 6:33"]
        ),
        Wrong(
            "a filter without its argument",
            "type: http_request\nurl: http://a.example/\nbody: x <<Start.call.from | append>>",
            ["FD307 6:33"]
        ),
        Wrong("a template as its type", "type: <<Start.call.from>>", ["FD309 4:11"]),
        Wrong("a URL without a scheme", "type: http_request\nurl: app.example.com/x", ["FD501 5:10"]),
        Wrong("a URL of another scheme", "type: http_request\nurl: ftp://app.example.com/x", ["FD501 5:10"]),
        Wrong("a URL with a password", "type: http_request\nurl: http://me:word@app.example.com/x", ["FD501 5:17"]),
        Wrong("a URL with port 0", "type: http_request\nurl: http://app.example.com:0/x", ["FD501 5:33"]),
        Wrong("a URL with no port", "type: http_request\nurl: http://app.example.com:/x", ["FD501 5:32"]),
        Wrong("a URL with an IPv6 address and more", "type: http_request\nurl: http://[::1]x/y", ["FD501 5:22"]),
        Wrong(
            "a URL with a value in its host",
            "type: http_request\nurl: http://app-<<Start.call.from>>.example.com:8080/x",
            ["FD601 5:21"]
        ),
        Wrong("a URL with a fragment", "type: http_request\nurl: http://app.example.com/x#y", ["FD501 5:34"]),
        Wrong("a host from data", "type: http_request\nurl: https://<<Start.call.from>>/x", ["FD601 5:18"]),
        Wrong("a port from data", "type: http_request\nurl: https://a.example:<<Start.call.from>>/x", ["FD601 5:28"]),
        Wrong("a scheme from data", "type: http_request\nurl: <<Start.call.from>>/x", ["FD601 5:10"]),
        Wrong(
            "a header of flowd's own",
            "type: http_request\nurl: http://a.example/\nheaders: {Webhook-Id: x}",
            ["FD505 6:15"]
        ),
        Wrong(
            "a template in a header's name",
            "type: http_request\nurl: http://a.example/\nheaders: {<<x>>: x}",
            ["FD309 6:15"]
        ),
        Wrong(
            "a parameter in both places",
            "type: http_request\nurl: http://a.example/?a=1\nparams: {a: 2}",
            ["FD312 6:14"]
        ),
        Wrong(
            "nested pairs in a form",
            "type: http_request\nurl: http://a.example/\nbody: {a: {b: c}}",
            ["FD104 6:15"]
        ),
        Wrong(
            "two kinds of auth",
            "type: http_request\nurl: http://a.example/\nauth: {bearer: x, basic: {username: a, password: b}}",
            ["FD104 6:11"]
        ),
        Wrong(
            "a screening without a key",
            "type: call_forward\nto: +12025551234\nscreening: {speak: hello}",
            ["FD102 6:17"]
        ),
        Wrong(
            "a template where a number is wanted",
            "type: call_forward\nto: +12025551234\nring_timeout: <<Start.call.from>>",
            ["FD308 6:19"]
        ),
    ]

    @Test(arguments: wrong)
    func `what is wrong is found where it stands`(_ wrong: Wrong) {
        let node = wrong.node.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }.joined(
            separator: "\n"
        )
        let text = "nodes:\n  Start: {type: start, transitions: {incoming_call: N}}\n  N:\n\(node)\n"
        #expect(problems(text) == wrong.expected)
    }

    @Test(arguments: [
        ("", ["FD102 1:1"]),
        ("nodes: []", ["FD104 1:8"]),
        ("nodes:", ["FD102 1:7"]),
        ("nodes: ''", ["FD102 1:8"]),
        ("nodes: 1", ["FD104 1:8"]),
        ("nodes: {}", ["FD201 1:1"]),
        ("- a", ["FD104 1:1"]),
        ("version: 9\nnodes: {Start: {type: start}}", ["FD107 1:10"]),
        ("name: Hello World\nnodes: {Start: {type: start}}", ["FD702 1:7"]),
        ("numbers: [4155550100]\nnodes: {Start: {type: start}}", ["FD401 1:11"]),
        ("nodes: {Start: {type: start}, Again: {type: start}}", ["FD201 1:31"]),
        ("nodes: {Start: {type: start}, end: {type: call_forward, to: +12025551234}}", ["FD702 1:31"]),
        ("nodes: {Start: {type: start}, \" N\": {type: call_forward, to: +12025551234}}", ["FD702 1:31"]),
        ("nodes: {Start: {type: start}, N.1: {type: call_forward, to: +12025551234}}", ["FD702 1:31"]),
        ("nodes: {Start: {type: start}, Größe 1: {type: call_forward, to: +12025551234}}", []),
        ("nodes: {Start: {type: start}, N: hello}", ["FD104 1:34"]),
        ("description: Reports <<Forward.DialStatus>> if x << 3\nnodes: {Start: {type: start}}", []),
        ("on_error: {speak: a \\<< b}\nnodes: {Start: {type: start}}", []),
        ("on_error: {speak: a \\<< b << c}\nnodes: {Start: {type: start}}", ["FD309 1:19"]),
        ("on_error: {speak: \"{{Start.call.from}}\"}\nnodes: {Start: {type: start}}", ["FD309 1:19"]),
        ("$schema: .flow.schema.json\nnodes: {Start: {type: start}}", []),
        ("$schema: \nnodes: {Start: {type: start}}", []),
        ("$schema: a <<b\nnodes: {Start: {type: start}}", []),
        ("$schema: [a.json]\nnodes: {Start: {type: start}}", ["FD104 1:10"]),
        ("schema: a.json\nnodes: {Start: {type: start}}", ["FD101 1:1"]),
        ("nodes: {$schema: a.json, Start: {type: start}}", ["FD702 1:9", "FD104 1:18"]),
        ("on_error: {forward: nobody}\nnodes: {Start: {type: start}}", ["FD401 1:21"]),
    ])
    func `a flow's own keys are checked`(_ text: String, _ expected: [String]) {
        let text = text.isEmpty ? "version: 1" : text
        #expect(problems(text) == expected)
    }

    @Test(arguments: [
        ("nodez: 3\nnodes: {Start: {type: start}}", []),
        ("nodes: {Start: {type: start, Type: start}}", []),
        ("nodes: {Start: {type: start, transition: end, transitions: end}}", []),
        ("nodez: 3\nnode: 4", ["did you mean \"nodes\"?", "did you mean \"nodes\"?"]),
        (
            "descriptio: a\nnames: b\nnodes: {Start: {type: start}}",
            ["did you mean \"description\"?", "did you mean \"name\"?"]
        ),
    ])
    func `no key is guessed that is there`(_ text: String, _ help: [String]) {
        let unknown = findings(text).filter { $0.code == .unknownKey }
        #expect(!unknown.isEmpty)
        #expect(unknown.flatMap(\.help) == help)
    }

    @Test func `all problems are found at once`() {
        let text = """
            nodes:
              Start: {type: start, transitions: {incoming_cal: N}}
              N: {type: call_forward, transitions: {busy: Nowhere}, ring_timeout: x}
            """
        #expect(problems(text) == ["FD205 2:38", "FD102 3:7", "FD202 3:47", "FD104 3:71"])
    }

    @Test func `a file's stem that cannot stand in a URL asks for a name`() {
        #expect(problems("nodes: {Start: {type: start}}", file: "My Flow.yaml") == ["FD702 1:1"])
        #expect(problems("name: my-flow\nnodes: {Start: {type: start}}", file: "My Flow.yaml") == [])
    }

    @Test(arguments: [
        ("slack_webhook.yaml", ["write \"name: slack-webhook\""]), ("a/My Flow (2).yml", ["write \"name: my-flow-2\""]),
        ("slack_webhook.json", ["write \"name\": \"slack-webhook\""]), ("größe_1.yaml", []), ("__.yaml", []),
        ("\(String(repeating: "a_", count: 33)).yaml", []),
    ])
    func `a file's stem that is nearly a name is mended`(_ file: String, _ help: [String]) {
        let isJSON = file.hasSuffix("json")
        let text = isJSON ? #"{"nodes": {"Start": {"type": "start"}}}"# : "nodes: {Start: {type: start}}"
        let findings = findings(text, file: file, format: isJSON ? .json : .yaml)
        #expect(findings.map(\.code.id) == ["FD702"])
        #expect(findings.first?.help == help)
    }

    @Test(arguments: [
        "e\u{301}te\u{301}", "é_1", "Größe 2", "日本語", "संदेश", "F-\u{1EBF}", "ไทย", "한국", "e\u{323}\u{302}", "ªb",
    ])
    func `letters of every script make names, accents and all`(_ name: String) {
        #expect(problems("nodes: {Start: {type: start}, \"\(name)\": {type: call_forward, to: +12025551234}}") == [])
    }

    @Test(arguments: [
        ("F\u{200D}", "U+200D"), ("F\u{FE0F}", "U+FE0F"), ("F\u{34F}o", "U+034F"), ("a\u{AD}b", "U+00AD"),
        ("é\u{E0100}", "U+E0100"), ("\u{3164}", "U+3164"), ("F\u{20E3}", nil), ("1\u{301}", nil), ("-\u{301}", nil),
        ("\u{301}a", nil), ("☎", nil), ("\u{663}", nil), ("a \u{301}", nil), ("a\u{A0}b", nil),
    ])
    func `what no name has is found behind every letter`(_ name: String, _ hidden: String?) {
        let found = findings(
            "nodes: {Start: {type: start}, \"\(name)\": {type: call_forward, to: +12025551234}}"
        )
        #expect(found.map(\.code.id) == ["FD702"])
        let beginning =
            "\"\(name)\"" + (hidden.map { ", with \($0) in it," } ?? "") + " is not a valid node name: expected "
        #expect(found.first?.message.utf8.starts(with: beginning.utf8) == true)
    }

    @Test func `JSON is the same document`() {
        let text =
            #"{"$schema": "https://example.com/flow.schema.json", "nodes": {"Start": {"type": "start", "transitions": {"incoming_call": "N"}}, "N": {"type": "call_forward", "to": "+12025551234", "ring_timeout": 30, "hangup_on_star": true}}}"#
        #expect(problems(text, file: "a.json", format: .json) == [])
    }

    @Test func `what a node can lead to decides whether it is on the call path`() throws {
        let flow = try flow(
            """
            nodes:
              Start: {type: start, transitions: {incoming_call: Before}}
              Before: {type: http_request, url: http://a.example/, transitions: {success: Forward, failed: After}}
              Forward: {type: call_forward, to: +12025551234, transitions: After}
              After: {type: http_request, url: http://a.example/}
            """
        )
        #expect(flow.nodes.map(\.isOnCallPath) == [true, true, true, false])
    }

    @Test func `names and numbers are claimed once`() throws {
        let one = try flow("name: a\nnumbers: [+14155550100]\nnodes: {Start: {type: start}}")
        let two = try flow("name: a\nnumbers: [+14155550100, +14155550101]\nnodes: {Start: {type: start}}")
        #expect(FlowSet.make([one]).findings.isEmpty)
        let (set, findings) = FlowSet.make([one, two])
        #expect(
            findings.map { "\($0.code.id) \($0.span.start.line):\($0.span.start.column)" } == [
                "FD212 1:7", "FD212 2:11",
            ]
        )
        #expect(findings.last?.message == "+14155550100 is claimed by test-flow.yaml:2 already")
        #expect(findings.last?.related.map(\.message) == ["first claimed here"])
        #expect(set[number: "14155550101"] != nil)
        #expect(set[number: "14155550102"] == nil)
    }

    @Test func `only so many names of nodes are guessed at`() {
        let wrong = (0..<150).map { number in
            """
              N\(number):
                type: http_request
                url: http://a.example/
                body: <<Strat.call.from>>
                transitions: {success: n\(number), failed: Ned, \("nodes"): end}
            """
        }
        let text = "nodes:\n  Start: {type: start, transitions: {incoming_call: N0}}\n" + wrong.joined(separator: "\n")
        let findings = FlowBuilder.build(source: Array(text.utf8), file: "a.yaml", format: .yaml).findings
        let guesses = findings.filter { $0.code.id != "FD205" && !$0.help.isEmpty }
        #expect(findings.count == 600)
        #expect(guesses.count == 100)
        #expect(
            guesses.prefix(3).map(\.help) == [
                ["did you mean \"Start\"?"], ["did you mean \"N0\"?"], ["did you mean \"end\"?"],
            ]
        )
    }

    @Test(arguments: [
        ("nodes: 1", "expected key:value pairs in \"nodes\", found a text"),
        ("nodes: [1]", "expected key:value pairs in \"nodes\", found a list"),
        (
            "nodes: {S: {type: start}, N: {type: http_request, url: http://a.example/, headers: {a: [b]}}}",
            "expected a text in \"headers.a\", found a list"
        ),
        (
            "nodes: {S: {type: start}, N: {type: http_request, url: {a: b}}}",
            "expected a text in \"url\", found key:value pairs"
        ),
        (
            "nodes: {S: {type: start}, N: {type: call_forward, to: +12025551234, ring_timeout: [30]}}",
            "expected a whole number of seconds in \"ring_timeout\", found a list"
        ),
        (
            "nodes: {S: {type: start}, N: {type: call_forward, to: +12025551234, hangup_on_star: {a: b}}}",
            "expected true or false in \"hangup_on_star\", found key:value pairs"
        ),
    ])
    func `a wrong kind of value is named`(_ text: String, _ expected: String) {
        let findings = FlowBuilder.build(source: Array(text.utf8), file: "a.yaml", format: .yaml).findings
        #expect(findings.map(\.message).contains(expected))
    }

    @Test(arguments: [
        ("None", "\"None\"", ["write \"none\""]),
        ("false", "\"false\"", ["write \"none\""]),
        ("5", "\"5\"", ["write \"{attempts: 5}\""]),
        ("often", "\"often\"", []),
        ("[3]", "a list", []),
    ])
    func `a retry that is none says what it is`(_ retry: String, _ found: String, _ help: [String]) {
        let text = "nodes: {S: {type: start}, N: {type: http_request, url: http://a.example/, retry: \(retry)}}"
        #expect(findings(text).map(\.message) == ["expected none or {attempts: 3} in \"retry\", found \(found)"])
        #expect(findings(text).first?.help == help)
    }

    @Test func `a description is taken as written, and what is said has its marks`() throws {
        let flow = try flow(
            "description: a \\<< b << c\non_error: {speak: a \\<< b}\nnodes: {Start: {type: start}}"
        )
        #expect(flow.summary == "a \\<< b << c")
        #expect(flow.apology.speak == "a << b")
    }

    @Test func `wrong targets have their places where the text is not very long`() {
        func places(_ count: Int) -> [Int] {
            let targets = (0..<count).map { "a\($0 + 10_000)" }.joined(separator: ",")
            let text = "nodes: {N: {type: call_forward, to: \"\(targets)\"}, Start: {type: start}}"
            let findings = FlowBuilder.build(source: Array(text.utf8), file: "a.yaml", format: .yaml).findings
            return findings.filter { $0.code.id == "FD401" }.map(\.span.start.column)
        }
        #expect(places(1_000) == (0..<1_000).map { 38 + 7 * $0 })
        #expect(places(3_000) == Array(repeating: 37, count: 3_000))
    }

    @Test func `a version is the head of a hash`() {
        #expect(VersionID(digest: [0x00, 0x9A, 0xBF, 0xF0, 0x0F, 0x10, 0xA9, 0xFF, 0x77]).text == "009abff00f10a9ff")
        #expect(VersionID(digest: []).text == "")
    }
}
