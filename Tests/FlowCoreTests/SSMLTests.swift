import FlowCore
import FlowDocument
import Testing

/// Texts with SSML's tags.
@Suite("SSML")
struct SSMLTests {
    private static func saying(_ ssml: String, voice: String = "Polly.Joanna") -> String {
        """
        nodes:
          Start: {type: start, transitions: {incoming_call: Say}}
          Say:
            type: play_audio
            ssml: true
            voice: \(voice)
            speak: '\(ssml.replacing("'", with: "''"))'
            transitions: end
        """
    }

    /// What is spoken where the caller's account is `account`, and the notes.
    private func spoken(_ ssml: String, account: String = "gold") throws -> (markup: String?, notes: [String]) {
        let interpreter = try Interpreter(flow(Self.saying(ssml)))
        var parameters = Parameters(caller.pairs.filter { $0.name != "X-PH-Account" }.map { ($0.name, $0.value) })
        parameters.append("X-PH-Account", account)
        let turn = try interpreter.start(callID(), parameters, at: noon)
        guard case .speak(let speak)? = turn.document?.first else { return (nil, turn.notes) }
        #expect(speak.isMarkup)
        return (speak.text, turn.notes)
    }

    @Test(arguments: [
        ("Please <emphasis level=\"strong\">hold</emphasis>.", "Please <emphasis level=\"strong\">hold</emphasis>."),
        ("A<break  time='1s' />B", "A<break time=\"1s\"/>B"),
        ("Tom & Jerry's > 1", "Tom &amp; Jerry&#39;s &gt; 1"),
        ("Tom &amp; &lt;Jerry&gt;", "Tom &amp; &lt;Jerry&gt;"),
        (
            "<say-as interpret-as=\"digits\"><<Start.call.headers.Account>></say-as>",
            "<say-as interpret-as=\"digits\">gold</say-as>"
        ),
        ("<sub alias=\"a <<Start.call.headers.Account>> b\">x</sub>", "<sub alias=\"a gold b\">x</sub>"),
        ("<p><s>A</s></p>\n<s>B</s >", "<p><s>A</s></p> <s>B</s>"),
        ("A \\<<b", "A &lt;&lt;b"),
    ])
    func `the author's tags pass`(_ ssml: String, _ markup: String) throws {
        #expect(try spoken(ssml) == (markup, []))
    }

    @Test func `values are escaped wherever they stand`() throws {
        let account = "<break time=\"9s\"/>&amp;'\u{1}\u{FFFE}"
        let escaped = "&lt;break time=&quot;9s&quot;/&gt;&amp;amp;&#39;"
        let (markup, _) = try spoken(
            "<sub alias=\"<<Start.call.headers.Account>>\"><<Start.call.headers.Account>></sub>",
            account: account
        )
        #expect(markup == "<sub alias=\"\(escaped)\">\(escaped)</sub>")
    }

    @Test func `values lose their end beyond 3,000 characters, and tags stay`() throws {
        let (markup, notes) = try spoken(
            "<s><<Start.call.headers.Account>></s><break/>",
            account: String(repeating: "&", count: 4_000)
        )
        #expect(markup == "<s>" + String(repeating: "&amp;", count: (3_000 - 15) / 5) + "</s><break/>")
        #expect(notes == ["long-prompt"])
    }

    @Test func `a text in which nothing is heard is left out, with a note`() throws {
        #expect(try spoken("<s><<Start.call.headers.Account>></s>", account: " ") == (nil, ["empty-prompt"]))
    }

    @Test(arguments: [
        ("<amazon:effect>a</amazon:effect>", "<amazon:effect> is no tag that Plivo speaks by", 13),
        ("a <script>", "<script> is no tag that Plivo speaks by", 15),
        ("a <s>b", "<s> is not closed", 15),
        ("a</s>", "</s> closes nothing", 14),
        ("<p><s>a</p></s>", "</p> stands where <s> has to be closed first", 20),
        ("a < b", "expected a tag behind \"<\"", 15),
        ("<!-- a -->", "expected a tag behind \"<\"", 13),
        ("<break time=1s/>", "expected name=\"value\" in <break>", 13),
        ("<break time=\"1s/>", "the value of \"time\" in <break> is not closed", 13),
        ("<break a=\"1\" a=\"2\"/>", "<break> has \"a\" twice", 13),
        ("<break", "\">\" is missing behind \"<break\"", 13),
        ("<break a=\"<\"/>", "\"<\" stands in an attribute of <break>", 23),
    ])
    func `what is no SSML is said where it stands`(_ ssml: String, _ message: String, _ column: Int) {
        let found = findings(Self.saying(ssml))
        #expect(found.map(\.message) == [message])
        #expect(
            found.map { "\($0.code.id) \($0.span.start.line):\($0.span.start.column)" } == ["FD413 7:\(column)"]
        )
    }

    @Test func `SSML needs a voice of Polly's, and has 3,000 characters at most`() {
        #expect(
            findings(Self.saying("a", voice: "WOMAN")).map(\.message) == [
                "\"ssml\" of play_audio \"Say\" needs a voice of Polly's, found \"WOMAN\""
            ]
        )
        #expect(
            findings(Self.saying(String(repeating: "a", count: 3_001))).map(\.message) == [
                "the SSML has 3001 characters, limit 3000"
            ]
        )
        let flowVoice = "voice: Polly.Amy\n" + Self.saying("<s>a</s>").replacing("    voice: Polly.Joanna\n", with: "")
        #expect(findings(flowVoice) == [])
    }
}
