import FlowCore
import FlowPlay
import FlowStore
import FoundationEssentials
import Testing

/// A sensitive input is in no transcript, recording and replay.
struct SensitivePlayTests {
    private static let pin = "8731"
    private static let gate = """
        nodes:
          Start: {type: start, transitions: {incoming_call: Pin}}
          Pin:
            type: get_input
            speak: Enter your PIN.
            min_digits: 4
            max_digits: 4
            sensitive: true
            attempts: 2
            transitions: {input: Check, no_input: end, invalid_input: end}
          Check:
            type: http_request
            url: http://127.0.0.1:5000/check
            body: {pin: <<Pin.input>>}
            transitions: {success: Desk, failed: end}
          Desk: {type: call_forward, to: +12025550001, transitions: end}
        """

    private func played(in store: any Store) async throws -> PlayedCase {
        let parameters = Parameters([("CallUUID", "x"), ("From", "+14155551234"), ("To", "+14155550100")])
        let item = CallCase(
            name: "a PIN",
            parameters: parameters,
            steps: ["87", Self.pin].map { CaseStep(.incident(Incident("press", $0))) }
                + [CaseStep(.incident(Incident("dial", "completed")))],
            answers: [NodeAnswers(node: "Check", answers: [ScriptedAnswer(.status(200))])]
        )
        return await Player(try flow(Self.gate)).play(item, store: store)
    }

    @Test func `a transcript shows dots`() async throws {
        let played = try flow(Self.gate)
        let result = try await self.played(in: MemoryStore())
        let text = Transcript(played.flow).text(result)
        #expect(result.outcome == "finished", "\(text)")
        #expect(text.contains("press: •••"))
        #expect(text.contains("pin = •••"))
        #expect(text.contains("value    Pin.input = •••"))
        #expect(!text.contains(Self.pin) && !text.contains("press: 87"))
    }

    @Test func `a replay goes the same way by an input of its own`() async throws {
        let store = MemoryStore()
        _ = try await played(in: store)
        let replay = await Replay.play(try await RecordedCall.find("x", in: store))
        #expect(replay.isSame, "\(replay.text())")
        #expect(!replay.text().description.contains(Self.pin) && !replay.json.contains(Self.pin))
        let written = CaseWriter(flow: "sample").text([replay.call.writtenItem])
        #expect(!written.contains(Self.pin))
        #expect(written.contains("- press: 1\n") && written.contains("- press: 1234\n"), "\(written)")
    }

    @Test func `a call that somebody types is recorded with an example in place of the input`() async throws {
        let script = ["press: 87", "press: 8731", "200", "completed"]
        let input = PlayInput(console: PlayConsole(isSilent: true), script: script)
        let call = TerminalCall(try flow(Self.gate), input: input, console: PlayConsole(isSilent: true))
        let written = CaseWriter(flow: "sample").text([try await call.run()])
        #expect(!written.contains(Self.pin) && !written.contains("87"), "\(written)")
        #expect(written.contains("- press: 1\n") && written.contains("- press: 1234\n"), "\(written)")
    }
}
