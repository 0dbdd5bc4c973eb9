import FlowCore
import FlowDocument
import FlowLint
import Testing

/// What somebody writes who comes from Plivo's PHLO, from Twilio Studio, or from habit.
@Suite struct NaturalMistakeTests {
    @Test(
        arguments: [
            ("    timeout: 20", "did you mean \"ring_timeout\"?"),
            ("    caller_id: +12025550100", "did you mean \"from\"?"),
            ("    next: end", "did you mean \"transitions\"?"), ("    on: end", "did you mean \"transitions\"?"),
            ("    transitions: hangup", "write \"end\" to end the run there"),
            ("    transitions: {answered: end}", "write \"completed\""),
            ("    transitions: {rejected: end}", "write \"busy\""),
            ("    ring_timeout: 15s", "write \"15\""), ("    ring_timeout: 2 minutes", "write \"120\""),
            ("    hangup_on_star: yes", "write \"true\""), ("    hangup_on_star: off", "write \"false\""),
            ("    mode: sequential", "write \"sequence\""), ("    mode: simultaneous", "write \"parallel\""),
            ("    caller_name: <<call.from>>", "write \"<<Start.call.from>>\""),
        ] as [(String, String)]
    )
    func `a word of another tool is told the line to write`(_ bad: String, _ help: String) throws {
        let text = forwarding(bad)
        let finding = try #require(lint(text).findings.first { $0.severity == .error })
        #expect(finding.help == [help])
        let mended = try #require(finding.fixes.first?.edits.applied(to: Array(text.utf8)))
        let left = lint(String(decoding: mended, as: UTF8.self)).findings
        #expect(!left.contains { $0.severity == .error })
    }

    @Test(
        arguments: [
            ("dial", "call_forward"), ("Connect Call To", "call_forward"), ("make-http-request", "http_request"),
            ("webhook", "http_request"), ("trigger", "start"),
        ] as [(String, String)]
    )
    func `a node of another tool is told the type that does the same`(_ type: String, _ meant: String) throws {
        let finding = try #require(
            lint("nodes:\n  Start:\n    type: start\n    transitions: A\n  A:\n    type: \(type)\n").findings.first
        )
        #expect(finding.message.hasPrefix("\"\(type)\" is not a node type"))
        #expect(finding.help == ["did you mean \"\(meant)\"?"])
    }

    @Test func `a node of another tool that flowd has not is told so`() {
        let findings = lint("nodes:\n  Start:\n    type: start\n    transitions: A\n  A:\n    type: run_function\n")
            .findings
        #expect(findings.first?.help == ["flowd has no node type that does this"])
    }

    @Test func `a message of another tool's name comes in as ours`() throws {
        let text = "nodes:\n  Start:\n    type: start\n    transitions: {incoming_sms: end}\n"
        #expect(lint(text).findings.first { $0.severity == .error }?.help == ["write \"incoming_message\""])
    }

    @Test func `a flow definition of Twilio Studio is called what it is`() {
        let text = #"{"description": "a", "initial_state": "Trigger", "states": [], "flags": {}}"#
        #expect(
            lint(text, format: .json).findings.map(\.message) == [
                "this is a flow definition of Twilio Studio, which flowd does not read"
            ]
        )
    }

    @Test(
        arguments: [
            ("${API_KEY}", "${API_KEY}"), ("key %{API_KEY}", "%{API_KEY}"), ("#{KEY}", "#{KEY}"),
            ("$API_KEY", "$API_KEY"),
            ("Bearer $API_KEY", "$API_KEY"), ("{% if x %}y{% endif %}", "{% if x %}"), ("it costs $5", nil),
            ("100 %", nil), ("$USD or more", nil), ("${5}", nil), ("<<Start.call.from | default: \"$A_B\">>", nil),
        ] as [(String, String?)]
    )
    func `a variable that nobody fills in is found`(_ value: String, _ mark: String?) {
        let text = forwarding("    caller_name: '\(value)'\n    transitions: end")
        let found = lint(text).findings.filter { $0.code.id == "FD307" }
        #expect(found.count == (mark == nil ? 0 : 1))
        if let mark { #expect(found.allSatisfy { $0.message.hasPrefix("\"\(mark)\" stays these very letters") }) }
    }

    @Test(
        arguments: [
            ("“Front desk”", "“ (U+201C)", "'Front desk'"), ("„Empfang“", "„ (U+201E)", "'Empfang'"),
            ("‘it’s us’", "‘ (U+2018)", "'it’s us'"), ("“it's us”", "“ (U+201C)", "'it''s us'"),
        ] as [(String, String, String)]
    )
    func `quotes of a word processor are told to be none`(_ bad: String, _ name: String, _ good: String) throws {
        let text = forwarding("    caller_name: \(bad)\n    transitions: end")
        let finding = try #require(lint(text).findings.first { $0.code.id == "FD109" })
        #expect(finding.message == "\(name) is no quote of YAML: it belongs to the text")
        #expect(finding.severity == .warning)
        #expect(finding.help == ["write \(good)"])
        let mended = try #require(finding.fixes.first?.edits.applied(to: Array(text.utf8)))
        #expect(String(decoding: mended, as: UTF8.self) == forwarding("    caller_name: \(good)\n    transitions: end"))
        #expect(lint(String(decoding: mended, as: UTF8.self)).findings.isEmpty)
    }

    @Test(arguments: ["'“Front desk”'", "“Front” and “back”", "say “hi”", "“", "”x“ y”"])
    func `quotes that a text has of its own are left alone`(_ text: String) {
        #expect(lint(forwarding("    caller_name: \(text)\n    transitions: end")).findings.isEmpty)
    }

    @Test(arguments: ["'{“a”: 1}'", "'[ {”a”: <<Start.call.from>>}]'", "|\n      {\n        ‘a’: 1\n      }"])
    func `JSON with quotes of a word processor is told to be none`(_ body: String) throws {
        let text = """
            nodes:
              Start: {type: start, transitions: {incoming_message: Report}}
              Report:
                type: http_request
                url: https://app.example.com/x
                body: \(body)
                transitions: end
            """
        let found = lint(text).findings.filter { $0.code.id == "FD311" }
        #expect(found.count == 1)
        #expect(found.allSatisfy { $0.message.hasSuffix(" is no quote of JSON, so the body cannot be read as JSON") })
    }

    @Test(
        arguments: [
            ("to: ','", "\"to\" of call_forward \"Forward\" is empty"),
            ("to: ' , '", "\"to\" of call_forward \"Forward\" is empty"),
            ("to: []", "\"to\" of call_forward \"Forward\" is empty"),
            ("to: [' ', ',']", "\"to\" of call_forward \"Forward\" is empty"),
            ("to: [+12025551234, '']", "an item of \"to\" holds no number"),
            ("to: [+12025551234, ' , ']", "an item of \"to\" holds no number"),
            ("to: '<<Start.call.from | default: \",\">>'", "\",\" is not E.164: a \"+\" and 7 to 15 digits"),
        ] as [(String, String)]
    )
    func `a list of targets without a target is an error`(_ to: String, _ message: String) {
        let text = forwarding("    transitions: end").replacing("to: +12025551234", with: to)
        #expect(lint(text).findings.filter { $0.severity == .error }.map(\.message) == [message])
    }

    @Test(
        arguments: [
            ("numbers: ','", "\"numbers\" of the flow holds no number"),
            ("numbers: []", "\"numbers\" of the flow holds no number"),
            ("numbers: [+12025550150, ',']", "an item of \"numbers\" holds no number"),
            ("on_error: {forward: ' , '}", "\"on_error.forward\" of the flow holds no number"),
            ("on_error: {forward: []}", "\"on_error.forward\" of the flow holds no number"), ("numbers:", nil),
            ("on_error: {forward: ''}", nil), ("numbers: '+12025550150, '", nil),
        ] as [(String, String?)]
    )
    func `a list of numbers that may be left out holds one where it is there`(_ line: String, _ message: String?) {
        let text = line + "\n" + forwarding("    transitions: end")
        let found = lint(text).findings.filter { $0.severity == .error }.map(\.message)
        #expect(found == [message].compactMap(\.self))
    }

    @Test func `names inside a template are no credential`() {
        let text = forwarding(
            """
                transitions: Report_The_Call_To_CRM_2
              Report_The_Call_To_CRM_2:
                type: http_request
                url: https://app.example.com/
                body:
                  ring: '{{Call_Forward_1.DialRingStatus}}'
            """
        ).replacing("Forward", with: "Call_Forward_1")
        #expect(!lint(text).codes.contains("FD605"))
    }
}
