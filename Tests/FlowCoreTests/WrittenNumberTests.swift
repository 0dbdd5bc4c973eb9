import FlowCore
import FlowDocument
import Testing

@Suite("Numbers as they are written")
struct WrittenNumberTests {
    /// Places in the text of `to`.
    @Test(arguments: [
        ("<<Start.call.from>>, 911", ["FD402 22"]),
        ("<<Start.call.from>>, bob", ["FD401 22"]),
        ("bob, +1<<Start.call.from>>2, (415) 555-2671", ["FD401 1", "FD401 30"]),
        ("<<Start.call.from | default: 'a, b'>>, +12025551234", ["FD401 31", "FD401 34"]),
        ("{{Start.params.x | default: 'a}}, b'}}, sip:a@b.example", ["FD401 30", "FD401 35"]),
        ("<<Start.call.from | default: '+12025551234, sip:a@b.example'>>", []),
        ("<<Start.call.from | default: ''>>, +1<<Start.call.from | default: '0'>>", []),
        ("<<Start.call.from | default: '911' | strip>>, +1202<<Start.call.to | default: '5551234'>>", []),
        ("<<Start.call.from | strip | default: '911'>>", ["FD402 39"]),
        ("<<Start.call.from>>, sip:\\{{a@b.example", []),
        ("\\<<bob, +12025551234", ["FD401 1"]),
        ("<<Start.call.from>>, <<Strat.call.from>>, 12", ["FD301 24", "FD401 43"]),
        ("12, <<Start.call.from", ["FD401 1", "FD307 5"]),
        ("+12029115678, 911", ["FD402 15"]),
        ("12, +442079460000, 12,2", ["FD401 1", "FD401 20", "FD401 23"]),
        ("+12025551234,\u{A0}\u{A0}bob\u{A0}", ["FD401 16"]),
    ])
    func `each part of a list in a text is looked at where it stands`(_ targets: String, _ expected: [String]) {
        let places = findings(forwarding(targets)).map { "\($0.code.id) \($0.span.start.column - 9)" }
        #expect(places == expected)
    }

    @Test(arguments: [
        ("(415) 555-2671", "+14155552671"),
        ("TEL:415.555.2671", "+14155552671"),
        ("reception@phone.plivo.com", "sip:reception@phone.plivo.com"),
        ("reception <a@phone.plivo.com>", nil),
        ("(0)20 7946 0000", nil),
        ("020 7946 0000", nil),
        ("(141) 555-2671", nil),
        ("8 800 555 35 35", nil),
        ("+12025551234 ext 5", "+12025551234"),
        ("+12025551234x123", "+12025551234"),
        ("+12025551234;ext=5", "+12025551234"),
        ("+1202555123O", nil),
        ("+12025551234; +12025555678", "+12025551234, +12025555678"),
        ("+12025551234;+12025555678", "+12025551234, +12025555678"),
        ("+12025551234 +12025555678", "+12025551234, +12025555678"),
        ("+12025551234  SIP:a@b.example;x=y", "+12025551234, SIP:a@b.example;x=y"),
        ("+12025551234; +12025555678\n+12025557890", "+12025551234, +12025555678, +12025557890"),
        ("+12025551234 &\n+12025555678", "+12025551234, +12025555678"),
        ("+12025551234 12025555678", nil),
        ("+12025551234 | sip:a@b.example", "+12025551234, sip:a@b.example"),
        ("+\u{661}\u{662}\u{660}\u{662}\u{665}\u{665}\u{665}\u{661}\u{662}\u{663}\u{664}", nil),
    ])
    func `a number is offered only where nothing but separators is left out`(_ text: String, _ meant: String?) {
        let findings = findings(forwarding(text))
        #expect(findings.map(\.code.id) == ["FD401"])
        let offered = findings.first?.help.filter { $0.hasPrefix("write ") }
        #expect(offered == (meant.map { ["write \"\($0)\"?"] } ?? []))
    }

    @Test(arguments: [
        "1 (415) 555-2671", "tel:+1-415-555-2671", "+44 (0)20 7946 0000", "0044 (0)20/7946-0000", "44 20 7946 0000",
        "+1 202 555 1234", "0014155552671", "12025551234",
    ])
    func `a number in another way of writing is one`(_ text: String) {
        #expect(findings(forwarding(text)).map(\.code.id) == [])
        #expect(findings("numbers: ['\(text)']\nnodes: {Start: {type: start}}").map(\.code.id) == [])
        #expect(findings(forwarding("<<Start.call.from | default: '\(text)'>>")).map(\.code.id) == [])
    }

    @Test(arguments: [
        ("+12025551234 x123", "\"send_digits: 123\" sends it once somebody answers"),
        ("+12025551234;ext=5", "\"send_digits: 5\" sends it once somebody answers"),
        ("+12025551234,,123", "\"send_digits: 123\" sends an extension once somebody answers"),
    ])
    func `an extension is told where it goes`(_ text: String, _ help: String) {
        let findings = findings(forwarding(text))
        #expect(findings.map(\.code.id) == ["FD401"])
        #expect(findings.first?.help.contains(help) == true)
    }

    @Test func `a number of no country is told of the key that names one`() {
        let finding = findings(forwarding("020 7946 0000")).first
        #expect(finding?.message.contains("does not say its country") == true)
        #expect(finding?.help.first?.hasPrefix("\"country: DE\"") == true)
        #expect(findings("country: GB\n" + forwarding("020 7946 0000")).map(\.code.id) == [])
        #expect(findings("country: US\n" + forwarding("020 7946 0000")).map(\.code.id) == ["FD401"])
    }

    @Test(arguments: [
        ("sips:bob@example.com", ["only \"sip:\" is taken: write \"sip:bob@example.com\""]),
        ("SIPS:bob@example.com:5061", ["only \"sip:\" is taken: write \"sip:bob@example.com:5061\""]),
        ("sips:bob", []), ("client:alice", []), ("agent:bob@example.com", []),
    ])
    func `a target of another scheme is told what is taken`(_ text: String, _ help: [String]) {
        let findings = findings(forwarding(text))
        #expect(findings.map(\.code.id) == ["FD401"])
        #expect(findings.first?.message.hasPrefix("expected a number or \"sip:user@host\", found ") == true)
        #expect(findings.first?.help == help)
    }

    @Test func `where a number alone can stand, no SIP URI is asked for`() {
        for text in ["client:alice", "sips:bob@example.com", "sip:bob@example.com"] {
            let findings = findings("numbers: ['\(text)']\nnodes: {Start: {type: start}}")
            #expect(findings.map(\.message) == ["\"\(text)\" is not E.164: a \"+\" and 7 to 15 digits"])
            #expect(findings.first?.help == [])
        }
    }

    @Test func `two SIP URIs with a blank between them want a comma`() {
        let findings = findings(forwarding("sip:a@b.example sip:c@d.example"))
        #expect(findings.map(\.code.id) == ["FD407"])
        #expect(findings.first?.help == ["write \"sip:a@b.example, sip:c@d.example\"?"])
    }

    @Test(arguments: [
        ("numbers: \"+14155550100, 12, +14155550101, 2\"", ["FD401 25", "FD401 43"]),
        ("on_error: {forward: \"+12029115678, 911, \\\\<<bob\"}", ["FD402 36", "FD401 41"]),
        ("on_error: {forward: \"<<Start.call.from>>, 911\"}", ["FD309 21"]),
    ])
    func `the flow's own numbers have places too`(_ line: String, _ expected: [String]) {
        let places = findings(line + "\nnodes: {Start: {type: start}}").map { "\($0.code.id) \($0.span.start.column)" }
        #expect(places == expected)
    }

    @Test func `a number that is claimed twice in one text is marked`() throws {
        let flow = try flow("numbers: \"+14155550101, +14155550102, +14155550101\"\nnodes: {Start: {type: start}}")
        let found = FlowSet.claimedTwice(by: [flow]).first
        #expect(found?.span.start.column == 39)
        #expect(found?.span.end.column == 51)
        #expect(found?.related.first?.span.start.column == 11)
        #expect(found?.message == "+14155550101 is listed twice here")
        #expect(found?.related.first?.message == "first listed here")
    }

    /// A flow in which the targets begin at column 10.
    private func forwarding(_ targets: String) -> String {
        """
        nodes:
          Start: {type: start, transitions: {incoming_call: N}}
          N:
            type: call_forward
            to: "\(targets.replacing("\\", with: "\\\\"))"
            transitions: end
        """
    }
}
