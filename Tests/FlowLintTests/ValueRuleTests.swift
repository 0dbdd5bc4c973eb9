import FlowCore
import FlowDocument
import FlowLint
import Testing

@Suite("Rules about values")
struct ValueRuleTests {
    /// A survey that only some calls come by, and a report of it with a body and more.
    private func report(_ lines: String, transitions: String? = nil) -> LintReport {
        lint(
            forwarding(
                """
                    transitions: \(transitions ?? "{completed: Survey, no_answer: Report, busy: Report, failed: Report}")
                  Survey:
                    type: http_request
                    url: https://app.example.com/survey
                    transitions: Report
                  Report:
                    type: http_request
                    url: https://app.example.com/report
                    \(lines)
                """
            )
        )
    }

    @Test(arguments: [
        ("<<Survey.response.a | append: \"x\" | default: \"y\">>", ["FD302"]),
        ("<<Survey.response.a | size | default: \"none\">>", ["FD302"]),
        ("<<Survey.response.a | json | default: \"none\">>", ["FD302"]),
        ("<<Survey.response.a | upcase | default: \"none\" | size>>", []),
        ("<<Survey.response.a | strip | append: \"\" | default: \"none\">>", []),
    ])
    func `A default answers only for what reaches it empty`(_ template: String, _ codes: [String]) {
        #expect(report("body: {a: '\(template)'}").codes.filter { $0 != "FD211" } == codes)
    }

    // MARK: Loops

    @Test func `A value that a run may have on its first turn is no value of the turn before`() throws {
        let text = """
            nodes:
              Start: {type: start, transitions: {incoming_call: A}}
              A: {type: call_forward, to: +12025551234, transitions: {completed: end, busy: B, no_answer: C, failed: end}}
              B: {type: http_request, url: https://a.example.com/b, transitions: C}
              C:
                type: http_request
                url: https://a.example.com/c
                body: {x: <<B.response.y>>, s: <<A.status>>}
                transitions: {success: A, failed: end}
            """
        let found = lint(text).findings.filter { ["FD302", "FD305"].contains($0.code.id) }
        #expect(found.map(\.code.id) == ["FD302"])
        #expect(found.first?.help.first == "path: Start -> A -[no_answer]-> C")
        let turn = lint(text.replacing("no_answer: C", with: "no_answer: end").replacing("<<B", with: "<<C"))
        #expect(turn.codes.filter { ["FD302", "FD305"].contains($0) } == [])
    }

    @Test(arguments: [("", ["FD304 warning"]), (" | default: 'none'", ["FD304 info"])])
    func `What is always empty matters less with a default`(_ filter: String, _ expected: [String]) {
        let found = report(
            "body: {a: <<Forward.DialBLegUUID\(filter)>>}",
            transitions: "{completed: end, busy: Report}"
        )
        #expect(found.findings.filter { $0.code.id == "FD304" }.map { "\($0.code.id) \($0.severity)" } == expected)
    }

    @Test(arguments: [
        ("headers: {X-A: \"<<Survey.response.a | replace: '\\n', ' '>>\"}", false),
        ("headers: {X-A: \"a\\nb <<Start.call.uuid>>\"}", true), ("headers: {X-A: <<Survey.content_type>>}", false),
        ("headers: {X-A: \"a\\nb\"}", true),
    ])
    func `Only a line break that is sent breaks a header`(_ line: String, _ isFound: Bool) {
        let found = report(line).findings.filter { $0.code.id == "FD603" && $0.severity == .warning }
        #expect(found.isEmpty != isFound)
    }

    @Test func `What is always unset does no harm`() {
        let text = forwarding(
            """
                from: <<Later.response.n>>
                transitions: Later
              Later:
                type: http_request
                url: https://app.example.com/<<Later.response.m>>
                headers: {X-A: <<Start.message.text>>}
                transitions: end
            """
        )
        #expect(Set(lint(text).codes).subtracting(["FD211"]) == ["FD303", "FD306"])
    }

    // MARK: Forgotten marks

    @Test(arguments: [
        ("<p>&lt;&lt; back</p> <<Survey.status_code>>", []), ("a &lt;&lt;Start.call.from&gt;&gt;", ["FD307"]),
        ("&lt;&lt; secrets.A &gt;&gt;", ["FD307"]), ("&lt;&lt;b.c&gt;&gt; <<Survey.status_code>>", []),
    ])
    func `An escaped mark is meant as one only before a value`(_ text: String, _ codes: [String]) {
        #expect(report("body: '\(text)'").codes.filter { $0 == "FD307" } == codes)
    }

    @Test(arguments: [
        ("Start.call.from", "Start.call.from"), ("a ${Start.call.from} b", "${Start.call.from}"),
        ("<Start.call.from>", "<Start.call.from>"), ("{ Start.call.from }", "{ Start.call.from }"),
        ("a=Start.call.from&b=<<Start.call.to>>", "Start.call.from"), ("Start.call.from>>", "Start.call.from>>"),
        ("@Start.call.from", "@Start.call.from"), ("{% Start.params.Digits %}", "{% Start.params.Digits %}"),
        ("Survey.response.agents.first", "Survey.response.agents.first"),
        ("<<Start.call.to>> <Start.call.from>", "<Start.call.from>"), ("Start.call.from >> b", "Start.call.from >>"),
    ])
    func `A value without the marks that read it is found`(_ text: String, _ marked: String) throws {
        let line = "body: {a: '\(text)'}"
        let found = try #require(report(line).findings.first { $0.code.id == "FD307" })
        let start = try #require(line.firstRange(of: marked)?.lowerBound)
        #expect(found.span.start.column == 5 + line[..<start].count)
        #expect(found.span.end.column == found.span.start.column + marked.count)
        #expect(found.severity == (text.hasSuffix(".from>>") ? .error : .warning))
    }

    @Test(arguments: [
        "Start.call.from called", "\\<<Start.call.from>>", "\\{{ Start.call.from }}", "<<Start.call.from>>",
        "reStart.call.from", "Start.call.fromage", "https://Start.call.from.example.com/", "<Start.caller>",
        "(Start.call.from)", "me@Start.call.from.example.com", "Report.status_code",
    ])
    func `A text that only looks like a value is left in peace`(_ text: String) {
        #expect(report("body: {a: '\(text)', b: <<Survey.status_code>>}").codes.filter { $0 == "FD307" } == [])
    }

    // MARK: JSON inside of bodies

    @Test(arguments: [
        (#"body: {a: '{"b": "<<Start.call.from>>"}'}"#, ["FD311"]),
        (#"body: {a: '{"b": "<<Start.call.from | json>>"}'}"#, ["FD311"]),
        (#"body: {a: '{"b": <<Start.call.from | json>>}'}"#, []),
        (#"body: {a: '{"b": "c"}', d: <<Start.call.from>>}"#, []),
        (#"body: {a: '[<<Start.call.from>> called]'}"#, []),
        ("format: json\n    body: {a: {b: ['{\"c\": \"<<Start.call.from>>\"}']}}", ["FD311"]),
    ])
    func `JSON in a field of a form is read as one whole is`(_ lines: String, _ codes: [String]) {
        #expect(report(lines).codes.filter { $0 == "FD311" } == codes)
    }

    // MARK: Defaults

    @Test(arguments: [
        ("body: {a: <<Survey.response.a>>}", "'<<Survey.response.a | default: \"\">>'"),
        ("body: {a: '<<Survey.response.a>>'}", "<<Survey.response.a | default: \"\">>"),
        ("body: {a: \"<<Survey.response.a>>\"}", "<<Survey.response.a | default: ''>>"),
        ("body: {a: a <<Survey.response.a>>}", "<<Survey.response.a | default:\"\">>"),
        ("body: >-\n      <<Survey.response.a>>", "<<Survey.response.a | default: \"\">>"),
        ("body: {a: '<<Survey.response.a | append: ''b''>>'}", "<<Survey.response.a | default: \"\" | append: ''b''>>"),
        (
            "body: {a: \"<<Survey.response.a | append: \\\"b\\\">>\"}",
            #"<<Survey.response.a | default: '' | append: \"b\">>"#
        ),
    ])
    func `A default can be pasted where the value stands`(_ line: String, _ template: String) throws {
        let found = try #require(report(line).findings.first { $0.code.id == "FD302" })
        #expect(found.help.last == "add a default, \(template), or move the transition behind \"Survey\"")
        let old = line.firstRange(of: "<<")?.lowerBound ?? line.startIndex
        let end = line.firstRange(of: ">>")?.upperBound ?? line.endIndex
        let mended = report(line.replacingCharacters(old..<end, with: template))
        #expect(mended.codes.filter { $0 != "FD211" } == [])
    }

    @Test func `In JSON a default has quotes that JSON's text can hold`() throws {
        let text = """
            {"nodes": {
              "Start": {"type": "start", "transitions": {"incoming_call": "Forward"}},
              "Forward": {"type": "call_forward", "to": "+12025551234", "transitions": {"completed": "Survey",
                "no_answer": "Report", "busy": "Report", "failed": "Report"}},
              "Survey": {"type": "http_request", "url": "https://app.example.com/", "transitions": "Report"},
              "Report": {"type": "http_request", "url": "https://app.example.com/",
                "body": {"a": "<<Survey.response.a>>"}}}}
            """
        let help = lint(text, file: "a.json", format: .json).findings.flatMap(\.help)
        #expect(help.contains { $0.contains("add a default, <<Survey.response.a | default: ''>>, or") })
    }

    @Test func `A silence is proposed that the format has`() throws {
        let text = """
            {"nodes": {
              "Start": {"type": "start", "transitions": {"incoming_call": "Forward"}},
              "Forward": {"type": "call_forward", "to": "<<Start.params.Digits>>", "transitions": "end"}}}
            """
        let findings = lint(text, file: "a.json", format: .json).findings
        let found = try #require(findings.first { $0.code.id == "FD408" })
        #expect(
            found.help.last?.hasSuffix(
                #"say so: {"code": "FD408", "node": "Forward", "reason": "why"} in the list "ignore" at the top"#
            ) == true
        )
    }

    @Test func `Of a value that is always empty nothing else is said`() {
        let found = report(
            "body: {leg: <<Forward.DialBLegUUID>>, a: <<Forward.status>>}",
            transitions: "{completed: end, no_answer: Survey, busy: Report, failed: Report}"
        )
        #expect(found.codes == ["FD304"])
        let skipped = lint(
            forwarding("    transitions: {completed: end, no_answer: Report, busy: Report, failed: end}").replacing(
                "incoming_call: Forward",
                with: "incoming_call: Forward\n      incoming_message: Report"
            ) + """

                  Report:
                    type: http_request
                    url: https://app.example.com/report
                    body: {leg: <<Forward.DialBLegUUID>>, a: '<<Forward.status | default: "">>'}
                """
        )
        #expect(skipped.codes == ["FD304"])
    }

    @Test func `A default does not make it less empty`() {
        let found = report(
            "body: {leg: '<<Forward.DialBLegUUID | default: none>>', a: <<Forward.status>>}".replacing(
                "none",
                with: #""no""#
            ),
            transitions: "{completed: end, no_answer: Report, busy: Report, failed: Report}"
        )
        #expect(found.codes.contains("FD304"))
        #expect(found.findings.first { $0.code.id == "FD304" }?.help == ["write what is its default alone"])
    }

    // MARK: Parameters

    @Test(arguments: [
        ("Form", "From"), ("Frm", "From"), ("Evnt", "Event"), ("form", nil), ("Room", nil), ("Test", nil), ("Id", nil),
    ])
    func `Short names are guessed at where letters changed places or one is missing`(_ name: String, _ meant: String?) {
        let found = lint(forwarding("    caller_name: <<Start.params.\(name)>>\n    transitions: end"))
        let help = found.findings.filter { $0.code.id == "FD310" }.flatMap(\.help)
        #expect(help == (meant.map { ["did you mean \"<<Start.params.\($0)>>\"?"] } ?? []))
    }

    @Test(arguments: [
        ("CallStaus", "did you mean \"<<Start.params.CallStatus>>\"?"),
        ("call_status", "did you mean \"<<Start.params.CallStatus>>\"?"),
        ("HangupCuase", "did you mean \"<<Start.params.HangupCause>>\"?"),
        ("DialStatus", "read it from the call_forward: \"<<Forward.DialStatus>>\""),
        ("dial_hangup_cause", "read it from the call_forward: \"<<Forward.DialHangupCause>>\""),
        ("CallerID", nil), ("Digits", nil), ("Campaign", nil), ("DialBLegHangupCauseName", nil),
    ])
    func `A parameter is guessed only where it is all but certain`(_ name: String, _ help: String?) {
        let found = lint(forwarding("    caller_name: <<Start.params.\(name)>>\n    transitions: end"))
        #expect(found.findings.filter { $0.code.id == "FD310" }.flatMap(\.help) == (help.map { [$0] } ?? []))
    }

    @Test func `Of several call_forwards none is chosen`() throws {
        let rest = "    transitions: Next\n  Next:\n    type: call_forward\n    to: +12025551235\n"
        let found = lint(forwarding("\(rest)    caller_name: <<Start.params.DialStatus>>\n    transitions: end"))
        let finding = try #require(found.findings.first { $0.code.id == "FD310" })
        #expect(finding.help == ["read \"DialStatus\" of a call_forward"])
    }

    // MARK: JSON as text

    @Test(arguments: [
        (#"{"a": <<Forward.status | json>>}"#, nil), (#"{"a": "<<Forward.status | json>>"}"#, "brings its own"),
        (#"{"a": "x", "b": <<Forward.status | json>>}"#, nil),
        (#"{"a": "x\"", "b": <<Forward.status | json>>}"#, nil),
        (#"{"a": <<Forward.status | default: '"' | json>>, "b": "c <<Forward.to | json>>"}"#, "brings its own"),
        (#"{"a": "<<Forward.duration | json>>"}"#, nil),
        (#"{"a": "<<Forward.status>>"}"#, nil), (#"{"a": "<<Start.call.from>>"}"#, "a quote or a line break in"),
        (
            #"{"a": "<<Start.call.uuid>>", "b": "<<Start.call.caller_name>>"}"#,
            "in \"<<Start.call.caller_name>>\" would"
        ),
        (#"{"a": "https://a.example/?b=<<Start.call.from | url_encode>>"}"#, nil),
        (#"{"a": <<Forward.duration>>, "b": <<Start.call.from | size>>}"#, nil),
        (#"{"a": "<<Start.call.from>>", "b": <<Forward.status>>}"#, "\"<<Forward.status>>\" stands without quotes"),
        (#"{"a": "<<Forward.duration | default: '0'>>", "b": "<<Forward.status | upcase>>"}"#, nil),
        (#"{"a": "<<Forward.status | default: 'none'>>", "b": <<Forward.duration | default: '0'>>}"#, nil),
        (#"{"a": <<Forward.duration | default: 'none'>>}"#, "stands without quotes"),
        (#"{"a": "<<Forward.status | append: '\'>>"}"#, "a quote or a line break in"),
        ("[<<Start.call.uuid>>] call ended [<<Forward.status>>]", nil), ("[1] <<Forward.status>> [2]", nil),
        ("[<<Forward.status | json>>]", nil), ("[<<Forward.status>>, 1]", "stands without quotes"),
        ("[1, <<Forward.status>>]", "stands without quotes"), ("[true, <<Forward.status>>]", "stands without quotes"),
        ("[<<Forward.status>> for <<Start.call.to>>]", nil), ("[{{Forward.status}} here]", nil),
        ("[to <<Start.call.to>>: <<Forward.status>>]", nil), ("[2 calls: <<Forward.status>>]", nil),
    ])
    func `JSON is read with the templates in it`(_ body: String, _ message: String?) {
        let quoted = body.replacing("'", with: "''")
        let found = report("headers: {Content-Type: application/json}\n    body: '\(quoted)'", transitions: "Report")
        let messages = found.findings.filter { $0.code.id == "FD311" }.map(\.message)
        #expect(messages.count == (message == nil ? 0 : 1))
        #expect(messages.allSatisfy { $0.contains(message ?? "") }, "\(messages)")
    }

    // MARK: Reports

    @Test(arguments: [
        ("body: {s: <<Forward.statu>>}", false), ("body: {s: <<Forward.status}", false),
        ("params: {s: <<Forwrd.status>>}", false), ("body: {s: <<Start.call.to>>}", true), ("body: {s: a}", true),
    ])
    func `A report is not called indistinct for a value that could not be read`(_ line: String, _ isFound: Bool) {
        #expect(report(line, transitions: "Report").codes.contains("FD211") == isFound)
    }

    @Test(arguments: [
        ("app.example.com/?s=<<Forward.status>>", false), ("https://app.example.com/?s=<<Forward.status>>#a", false),
        ("htp://app.example.com/", false), ("https://app.example.com/?s=a", true),
    ])
    func `A report to a broken URL is not called indistinct`(_ url: String, _ isFound: Bool) {
        let text = forwarding("    transitions: Log\n  Log:\n    type: http_request\n    url: \(url)")
        #expect(lint(text).codes.contains("FD211") == isFound)
    }
}

extension String {
    fileprivate func replacingCharacters(_ range: Range<Index>, with text: String) -> String {
        self[..<range.lowerBound] + text + self[range.upperBound...]
    }
}
