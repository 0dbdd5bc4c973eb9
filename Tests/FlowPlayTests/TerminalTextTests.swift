import FlowCore
import FlowDocument
import FlowStore
import Testing

@testable import FlowPlay

/// Nothing that a caller, an app server or a file says is a command to the terminal.
struct TerminalTextTests {
    @Test(
        arguments: [
            ("plain é ☎️", "plain é ☎️"), ("\u{1B}[31mred\u{1B}[0m", "\u{241B}[31mred\u{241B}[0m"),
            ("\u{9B}2J", "\u{FFFD}2J"), ("\u{1B}]0;title\u{7}", "\u{241B}]0;title\u{2407}"), ("a\tb", "a  b"),
            ("a\r\nb", "a\u{240D}\u{240A}b"), ("\u{7F}\u{0}", "\u{FFFD}\u{2400}"),
            ("\u{202E}txt\u{2066}\u{200F}", "\u{FFFD}txt\u{FFFD}\u{FFFD}"),
        ] as [(String, String)]
    )
    func `what is filled in is shown on one line, without control characters`(_ text: String, _ shown: String) {
        let filled: TerminalText = "<\(text)>\n"
        #expect(filled.description == "<\(shown)>\n")
        #expect(PrintableText.of(text) == shown)
        let kept = TerminalText(lines: "\(text)\n\(text)")
        #expect(kept.description.unicodeScalars.allSatisfy { $0 == "\n" || !PrintableText.isControl($0) })
    }

    @Test func `colours are flowd's own, around texts that have none`() {
        let (green, bell) = ("\u{1B}[32mgreen", "\u{7}")
        let red = Paint(isColoured: true).red("\(green)")
        let line: TerminalText = "\(red)!"
        #expect(line.description == "\u{1B}[31m\u{241B}[32mgreen\u{1B}[0m!")
        #expect(Paint().red("\(bell)").description == "\u{2407}")
    }

    /// Asks an app server, says what it answers, and reports it.
    private static let asking = """
        nodes:
          Start: {type: start, transitions: {incoming_call: Lookup}}
          Lookup:
            type: http_request
            url: http://127.0.0.1:5000/agent
            body: {who: <<Start.call.caller_name>>}
            transitions: Desk
          Desk:
            type: call_forward
            to: +12025550001
            caller_name: <<Lookup.response.name>>
            transitions: Report
          Report:
            type: http_request
            url: http://127.0.0.1:5000/report
            body: {agent: <<Lookup.response.name>>}
            transitions: end
        """

    private static let hostile = "\u{1B}[2J\u{9B}31m\u{7}\u{202E}x"

    @Test func `a transcript, a report of tests and a replay hold none of what a call brought with it`() async throws {
        let played = try flow(Self.asking)
        let store = MemoryStore()
        let parameters = Parameters([
            ("CallUUID", "x"), ("From", "+14155551234\u{1B}[5m"), ("To", "+14155550100"),
            ("CallerName", Self.hostile), ("Direction", "inbound"), ("CallStatus", "ringing"),
        ])
        let body = #"{"name": "\u001b[2J\u009b31m\u0007\u202ex", "z\u001b[1m": "\n\u001b[8m"}"#
        let item = CallCase(
            name: "a hostile call \(Self.hostile)",
            parameters: parameters,
            steps: [CaseStep(.incident(Incident("dial", "completed")))],
            answers: [
                NodeAnswers(
                    node: "Lookup",
                    answers: [ScriptedAnswer(.status(200), body: body, contentType: "application/json")]
                ),
                NodeAnswers(node: "Report", answers: [ScriptedAnswer(.status(200))]),
            ]
        )
        var result = await Player(played).play(item, store: store)
        result.failures.append(
            CaseFailure("values.\(Self.hostile)", expected: "x", found: Self.hostile, span: Span(.start, .start))
        )
        let transcript = Transcript(played.flow).text(result)
        #expect(transcript.contains("\u{241B}[2J\u{FFFD}31m"), "\(transcript)")
        let replay = await Replay.play(try await RecordedCall.find("x", in: store))
        var run = TestRun()
        run.rows = [TestRun.Row(flow: played.flow, file: "x.test.yaml", result: result, took: .zero)]
        let texts = [
            transcript, replay.text().description, TextReport().text(run).description, replay.json,
            JSONReport.text(run),
            JUnitReport.text(run),
        ]
        for text in texts {
            let controls = text.unicodeScalars.filter { $0 != "\n" && Self.isCommand($0) }
            #expect(controls.isEmpty, "\(text.debugDescription)")
        }
    }

    /// A control character of C0 or C1.
    private static func isCommand(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    }
}
