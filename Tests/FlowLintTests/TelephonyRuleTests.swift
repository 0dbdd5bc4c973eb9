import FlowCore
import FlowDocument
import FlowLint
import Testing

@Suite("Rules about numbers and ringing")
struct TelephonyRuleTests {
    struct Dialled: Sendable, CustomTestStringConvertible {
        let text: String
        let expected: [String]

        init(_ text: String, _ expected: String...) {
            self.text = text
            self.expected = expected
        }

        var testDescription: String { text }
    }

    static let dialled: [Dialled] = [
        Dialled("+12025551234"),
        Dialled("12025551234", "FD401 info 12025551234"),
        Dialled("+1 (202) 555-1234", "FD401 info +1 (202) 555-1234"),
        Dialled("3212345678", "FD402 warning 3212345678"),
        Dialled("020 7946 0000", "FD401 error 020 7946 0000"),
        Dialled("+442079460000, +4930123456, +390612345678, +8613812345678"),
        Dialled("sip:reception@phone.plivo.com, sip:1001@10.0.0.5:5060;transport=tcp, sip:a@[2001:db8::1]:5060"),
        Dialled("<<Start.call.from>>"),
        Dialled("112", "FD402 error 112"),
        Dialled("tel:911", "FD402 error tel:911"),
        Dialled("+1911", "FD402 error +1911"),
        Dialled("+44 999", "FD402 error +44 999"),
        Dialled("sip:911@pbx.example.com, sip:110@pbx.example.com, SIP:112@10.0.0.5, sip:+1911@pbx.example.com"),
        Dialled("1001", "FD401 error 1001"),
        Dialled("+2105551234", "FD402 error +2105551234"),
        Dialled("+12025551234, +999555123456", "FD402 error +999555123456"),
        Dialled("00442079460000", "FD401 info 00442079460000"),
        Dialled("+1202555123", "FD402 warning +1202555123"),
        Dialled("+11025551234", "FD402 warning +11025551234"),
        Dialled("+12021551234", "FD402 warning +12021551234"),
        Dialled("4157771234", "FD401 error 4157771234"),
        Dialled("+4402079460000", "FD402 warning +4402079460000"),
        Dialled("+14155550123", "FD402 info +14155550123"),
        Dialled("+15551234567", "FD402 info +15551234567"),
        Dialled("+19005551234", "FD408 warning +19005551234"),
        Dialled("+882161234567", "FD408 warning +882161234567"),
        Dialled("sip:reception", "FD407 error sip:reception"),
        Dialled("sip:@phone.plivo.com", "FD407 error sip:@phone.plivo.com"),
        Dialled("sip:a@phone plivo.com", "FD407 error sip:a@phone plivo.com"),
        Dialled("sip:a@b@c", "FD407 error sip:a@b@c"),
        Dialled("sip:a@b.example;x=c@d.example", "FD407 error sip:a@b.example;x=c@d.example"),
        Dialled("sip:a%40b@c.example, sip:a;b=c@d.example"),
        Dialled("sip:a@host:99999", "FD407 error sip:a@host:99999"),
        Dialled("<<Start.call.to>>", "FD403 error <<Start.call.to>>"),
        Dialled("+12025551234, <<Start.params.To>>", "FD403 error <<Start.params.To>>"),
        Dialled("+49<<Start.call.to>>"),
        Dialled("<<Start.params.From>>"),
        Dialled("<<Start.params.Digits>>", "FD408 warning <<Start.params.Digits>>"),
        Dialled("<<Start.call.headers.Agent>>", "FD408 warning <<Start.call.headers.Agent>>"),
    ]

    @Test(arguments: dialled)
    func `A target is judged by what it would reach`(_ test: Dialled) {
        let text = """
            version: 1
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Forward
              Forward:
                type: call_forward
                to: \(test.text)
                transitions: end
            """
        let findings = lint(text).findings.filter { $0.code.id.hasPrefix("FD4") }
        #expect(findings.map { "\($0.code.id) \($0.severity) \(stretch($0.span, of: text))" } == test.expected)
    }

    /// What stands in a span.
    private func stretch(_ span: Span, of text: String) -> String {
        String(decoding: Array(text.utf8)[span.start.offset..<span.end.offset], as: UTF8.self)
    }

    // MARK: Recordings and rooms

    private func recording(_ greeting: String, _ keep: String) -> [String] {
        let text = """
            version: 1
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Hours
              Hours:
                type: http_request
                url: https://app.example.com/hours
                timeout: 3
                transitions: {success: Greeting, failed: Greeting}
              Greeting: {\(greeting)}
              Keep: {\(keep)}
              Forward: {type: call_forward, to: +12025551234, transitions: end}
            """
        return lint(text).findings.filter { $0.code.id == "FD416" }.map {
            "\($0.severity) \(stretch($0.span, of: text))"
        }
    }

    private static let told = "type: play_audio, speak: This call is recorded., transitions: {completed: Keep}"
    private static let counted =
        "type: counter, max: 2, transitions: {not_reached: Keep, reached: Keep}"

    @Test(
        arguments: [
            (told, "type: record_audio, mode: dial, transitions: {started: Forward, no_recording: end}", []),
            (
                counted, "type: record_audio, mode: dial, transitions: {started: Forward, no_recording: end}",
                ["info dial"]
            ),
            (told, "type: record_audio, mode: dial, transitions: end", ["warning dial"]),
            (counted, "type: record_audio, speak: The beep., max_length: 9, transitions: end", ["warning 9"]),
            (counted, "type: record_audio, speak: The beep., max_length: 10, transitions: end", []),
            (counted, "type: record_audio, play: https://example.com/a.mp3, transitions: end", []),
            (counted, "type: record_audio, transitions: end", ["info record_audio"]),
            (counted, "type: conference_bridge, room: a, record: true, transitions: end", ["info true"]),
            (counted, "type: conference_bridge, room: a, record: false, transitions: end", []),
            (told, "type: multiparty_call, name: a, role: agent, record: true, transitions: end", []),
            (
                counted,
                "type: multiparty_call, name: a, role: agent, record: true, wait_music: https://example.com/a.mp3, transitions: end",
                ["info true"]
            ),
        ] as [(String, String, [String])]
    )
    func `A recording is announced, long enough, and begins`(
        _ greeting: String,
        _ keep: String,
        _ expected: [String]
    ) {
        #expect(recording(greeting, keep) == expected)
    }

    @Test(
        arguments: [
            ("support", []), ("support-<<Start.call.to>>", []),
            ("<<Start.call.headers.Room>>", ["<<Start.call.headers.Room>>"]),
            ("<<Start.params.Room>>", ["<<Start.params.Room>>"]),
        ] as [(String, [String])]
    )
    func `A room is named by nobody else`(_ name: String, _ expected: [String]) {
        let text = """
            version: 1
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Room
              Room:
                type: conference_bridge
                room: \(name)
                transitions: end
            """
        let found = lint(text).findings.filter { $0.code.id == "FD424" }
        #expect(found.map { "\(stretch($0.span, of: text))" } == expected)
    }

    // MARK: Calling codes

    @Test func `No calling code is the beginning of another, and all have countries`() throws {
        let codes = Set((1...999).compactMap { CallingCode(leading: String($0))?.digits })
        for code in codes { #expect(!codes.contains { $0 != code && $0.hasPrefix(code) }, "\(code)") }
        for code in codes {
            let regions = try #require(CallingCode(leading: code)?.regions)
            #expect(!regions.isEmpty && regions.allSatisfy { $0.count == 2 || $0 == "001" }, "\(code)")
        }
        #expect(codes.count == 215)
    }

    @Test(arguments: [("+4930123456", "DE"), ("+12025551234", "US"), ("+35312345678", "IE"), ("+77012345678", "RU")])
    func `A number belongs to its country`(_ number: String, _ region: String) throws {
        let code = try #require(PhoneNumber(number).flatMap { CallingCode(of: $0) })
        #expect(code.regions.first == region)
    }

    @Test(arguments: ["+0123456789", "+2101234567", "+9991234567", "+6931234567"])
    func `A number with another beginning belongs to none`(_ number: String) {
        #expect(PhoneNumber(number) == nil)
    }

    @Test(arguments: [
        ("+14155550100", "FD403 error"), ("0014155550100", "FD403 error"), ("(415) 555-0100", "FD403 error"),
        ("tel:+1-415-555-0100", "FD403 error"), ("1 900 555 1234", "FD408 warning"),
    ])
    func `Every way of writing a number is judged alike`(_ target: String, _ expected: String) {
        let text = forwarding("    transitions: end")
            .replacing("to: +12025551234", with: "to: '\(target)'")
            .replacing("version: 1", with: "version: 1\ncountry: US\nnumbers: ['415 555 0100']")
        let found = lint(text).findings.map { "\($0.code.id) \($0.severity)" }
        #expect(found.contains(expected), "\(found)")
    }

    // MARK: Several flows

    private static func file(_ name: String, number: String, dials target: String, from: String? = nil) -> SourceFile {
        let text = """
            version: 1
            numbers: ["\(number)"]
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Forward
              Forward:
                type: call_forward
                to: "\(target)"\(from.map { "\n    from: \"\($0)\"" } ?? "")
                transitions: end
            """
        return SourceFile(file: name, source: Array(text.utf8), format: .yaml)
    }

    @Test func `Two flows that forward to each other are found in both, a chain in none`() {
        let circle = Linter.lint([
            Self.file("a.yaml", number: "+14157770001", dials: "+14157770002"),
            Self.file("b.yaml", number: "+14157770002", dials: "+14157770003"),
            Self.file("c.yaml", number: "+14157770003", dials: "+14157770001"),
        ])
        #expect(
            circle.findings.map { "\($0.file) \($0.code.id) \($0.severity)" }.sorted() == [
                "a.yaml FD403 warning", "b.yaml FD403 warning", "c.yaml FD403 warning",
            ]
        )
        #expect(circle.findings.first?.help == ["way: a -> b -> c -> a"])
        let chain = Linter.lint([
            Self.file("a.yaml", number: "+14157770001", dials: "+14157770002"),
            Self.file("b.yaml", number: "+14157770002", dials: "+14157770003"),
        ])
        #expect(chain.codes == [])
    }

    @Test func `A caller ID may be any flow's number, and nothing is said where no number is known`() {
        let known = Linter.lint([
            Self.file("a.yaml", number: "+14157770001", dials: "+12025551234", from: "+14157770002"),
            Self.file("b.yaml", number: "+14157770002", dials: "+12025551234", from: "+14157770009"),
        ])
        #expect(known.findings.map { "\($0.file) \($0.code.id) \($0.severity)" } == ["b.yaml FD404 info"])
        #expect(lint(forwarding("    from: +14155559999\n    transitions: end")).codes == [])
    }

    @Test func `In a JSON file the very number is marked too`() {
        let text = """
            {"version": 1, "nodes": {
              "Start": {"type": "start", "transitions": {"incoming_call": "Forward"}},
              "Forward": {"type": "call_forward", "to": ["+12025551234", "\\u002b1202, \\u002b19005551234"], "transitions": "end"}
            }}
            """
        let report = lint(text, file: "a.json", format: .json)
        #expect(
            report.findings.map { "\($0.code.id) \(stretch($0.span, of: text))" } == [
                "FD401 \\u002b1202", "FD408 \\u002b19005551234",
            ]
        )
    }

    // MARK: Times

    @Test(arguments: [
        ("ring_timeout: 4", ["FD405"]), ("ring_timeout: 5", []), ("ring_timeout: 60", []),
        ("ring_timeout: 61", ["FD410"]),
        ("ring_timeout: 120", ["FD410"]), ("ring_timeout: 121", ["FD405"]), ("ring_timeout: 601", ["FD104"]),
        ("time_limit: 86400", []), ("time_limit: 86401", ["FD406"]),
        ("screening: {speak: hello, key: 1, timeout: 29}", []),
        ("screening: {speak: hello, key: 1, timeout: 30}", ["FD409"]),
        ("ring_timeout: 10\n    screening: {speak: hello, key: 1}", ["FD409"]),
        ("ring_timeout: 11\n    screening: {speak: hello, key: 1}", []),
        ("screening: {speak: hello, key: 1}", []),
        ("caller_name: 'A name of far more than fifty characters, and then <<Start.call.from>>'", ["FD407"]),
        ("caller_name: 'A name of fifty characters or less <<Start.call.from>> <<Start.call.to>>'", []),
    ])
    func `Times are judged by the second`(_ line: String, _ expected: [String]) {
        #expect(lint(forwarding("    \(line)\n    transitions: end")).codes == expected)
    }

    @Test(arguments: [
        ("+12025551234, +12025555678", 20, []), ("+12025551234, +12025555678", 21, ["FD409"]),
        ("sip:a@pbx.example.com, sip:b@pbx.example.com", 30, []),
        ("sip:a@pbx.example.com, +12025555678", 30, ["FD409"]),
    ])
    func `A voicemail answers where a mobile rings for long`(_ to: String, _ seconds: Int, _ codes: [String]) {
        let lines = "    mode: sequence\n    ring_timeout: \(seconds)\n    transitions: end"
        #expect(lint(forwarding(lines).replacing("to: +12025551234", with: "to: '\(to)'")).codes == codes)
    }

    // MARK: Limits

    @Test(arguments: [
        ("Account: gold", []), ("Account: a%20b", []), ("Account: <<Start.call.from>>", []),
        ("PlivoX: 1", ["error"]), ("fs-x: 1", ["error"]), ("ThisNameHasTwentyFiveChars: 1", ["error"]),
        ("X-PH-Account: gold", ["warning"]), ("My-Account: gold", ["warning"]), ("Account: a b", ["warning"]),
        ("Account: \(String(repeating: "x", count: 121))", ["error"]),
        ("Account: \(String(repeating: "x", count: 120))", []),
    ])
    func `SIP headers are those that Plivo takes`(_ header: String, _ expected: [String]) {
        let report = lint(forwarding("    sip_headers:\n      \(header)\n    transitions: end"))
        #expect(report.findings.map { "\($0.severity)" } == expected)
        #expect(report.codes.allSatisfy { $0 == "FD407" })
    }

    @Test(arguments: [("-", "%2D"), ("_", "%5F"), (" ", "%20"), ("é", "%C3%A9")])
    func `What Plivo would drop of a SIP header is shown encoded`(_ character: String, _ encoded: String) {
        let report = lint(forwarding("    sip_headers: {Account: a\(character)b}\n    transitions: end"))
        #expect(report.findings.map(\.help) == [["percent-encode it: \"\(encoded)\""]])
    }

    @Test(arguments: ["from: ''", "from:", "from: <<Start.call.from>>"])
    func `A caller ID that is left empty is the caller's`(_ line: String) {
        #expect(lint(forwarding("    \(line)\n    transitions: end")).codes == [])
    }

    @Test func `A sequence has as many targets as one call dials, and an answer 100 KB`() {
        let numbers = (0..<3_000).map { "+1202777\(String(10_000 + $0).dropFirst())" }
        func report(_ count: Int, _ mode: String) -> [String] {
            lint(
                """
                version: 1
                nodes:
                  Start:
                    type: start
                    transitions:
                      incoming_call: Forward
                  Forward:
                    type: call_forward
                    mode: \(mode)
                    ring_timeout: 5
                    to: \(numbers.prefix(count).joined(separator: ", "))
                    transitions: end
                """
            ).findings.filter { $0.code.id == "FD407" }.map { "\($0.severity) \($0.span)" }
        }
        #expect(report(20, "sequence") == [])
        #expect(report(21, "sequence") == ["warning 11:5-11:7"])
        #expect(report(21, "parallel") == [])
        #expect(report(3_000, "parallel") == ["error 11:5-11:7"])
    }
}
