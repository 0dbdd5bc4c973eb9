import FlowCore
import FlowDocument
import Testing

/// A message that a caller leaves, and the call recorded from a node on.
@Suite("Recording")
struct RecordAudioTests {
    private static let file = "https://media.plivo.com/v1/Account/MA0/Recording/a34d252c.mp3"

    private static func voicemail(_ more: String = "") throws -> Interpreter {
        try Interpreter(
            flow(
                """
                nodes:
                  Start: {type: start, transitions: {incoming_call: Voicemail}}
                  Voicemail:
                    type: record_audio
                    speak: Leave a message.
                    \(more)
                    transitions: {recorded: Report, no_recording: Missed}
                  Report:
                    type: http_request
                    url: http://127.0.0.1:5000/report
                    body: {file: <<Voicemail.record_url>>, seconds: '<<Voicemail.duration | default: "?">>'}
                    transitions: end
                  Missed: {type: http_request, url: "http://127.0.0.1:5000/missed", transitions: end}
                """
            )
        )
    }

    private static let hangup = Event.hungUp(
        Hangup(callStatus: "completed", cause: "NORMAL_CLEARING", billDuration: 60)
    )

    private static func told(_ seconds: String, url: String = file, key: String? = nil) -> [(String, String)] {
        [("RecordUrl", url), ("RecordingID", "a34d252c"), ("RecordingDuration", seconds)]
            + (key.map { [("Digits", $0)] } ?? [])
    }

    /// What was reported, and how the recording's node ended.
    private func end(_ turn: Turn, _ interpreter: Interpreter) -> [String] {
        turn.bodies + interpreter.outcomes(of: turn.run).filter { $0.hasPrefix("Voicemail") }
    }

    private static let recorded = [
        "file=https%3A%2F%2Fmedia.plivo.com%2Fv1%2FAccount%2FMA0%2FRecording%2Fa34d252c.mp3&seconds=8"
    ]

    // MARK: The document

    @Test func `a message is recorded behind its prompt, and silence leads behind it`() throws {
        let interpreter = try Self.voicemail("max_length: 60\n    finish_key: \"*\"\n    transcribe: true")
        let turn = try interpreter.start(callID(), caller, at: noon)
        let step = StepAddress(
            run: try callID(),
            flow: "test-flow",
            version: interpreter.flow.version,
            node: 1,
            turn: 1
        )
        let told = Link.own(CallbackAddress(step, "event", .byToken))
        #expect(
            turn.document == [
                .speak(Speak("Leave a message.", voice: "WOMAN", language: "en-US", loop: 1)),
                .record(
                    Record(
                        .message(Record.Message(timeout: 10, playBeep: true, finishOnKey: "*")),
                        action: .own(CallbackAddress(step, "result", .byCall)),
                        callback: told,
                        maxLength: 60,
                        transcription: .own(CallbackAddress(step, "transcription", .byToken))
                    )
                ),
                .redirect(.own(CallbackAddress(step, "none", .byCall)), method: "POST"),
            ]
        )
        #expect(turn.run.wake == noon + (60 + 10 + 15 * 60))
    }

    // MARK: The action

    @Test(
        arguments: [
            (told("8"), "recorded"), (told("8", key: "#"), "recorded"), (told(""), "recorded"),
            (told("-1"), "recorded"),
            (told("eight"), "recorded"), (told("1"), "no_recording"), (told("0"), "no_recording"),
            (told("2.5"), "recorded"), (told("8", url: ""), "no_recording"),
            (told("8", url: "javascript:alert(1)"), "no_recording"), ([], "no_recording"),
        ] as [([(String, String)], String)]
    )
    func `a message counts if it has a URL and is long enough, or nobody knows how long`(
        _ pairs: [(String, String)],
        _ outcome: String
    ) throws {
        let interpreter = try Self.voicemail("min_length: 2")
        let first = try interpreter.start(callID(), caller, at: noon)
        let turn = try #require(interpreter.handle(event("result", 1, pairs), first.run, at: noon + 20))
        #expect(interpreter.outcomes(of: turn.run).contains("Voicemail=\(outcome)"))
        #expect(turn.document == [.hangup()])
    }

    @Test(arguments: [
        "javascript:alert(1)", "ftp://h.example/a.mp3", "//h.example/a.mp3", "https://", "https:///a.mp3",
        "https://h.example/a b.mp3", "https://h.example/\"><Dial>", "https://user@", "http://h.example/ä.mp3",
        "https://h.example/" + String(repeating: "a", count: 2_000),
    ])
    func `a RecordUrl that is none is dropped with a note`(_ url: String) throws {
        let interpreter = try Self.voicemail()
        let first = try interpreter.start(callID(), caller, at: noon)
        let turn = try #require(interpreter.handle(event("result", 1, Self.told("8", url: url)), first.run, at: noon))
        #expect(interpreter.values(of: "Voicemail", turn.run)["record_url"] == nil)
        #expect(turn.notes.contains("bad-record-url"))
    }

    @Test func `what Plivo tells of a message are the node's values`() throws {
        let interpreter = try Self.voicemail()
        let first = try interpreter.start(callID(), caller, at: noon)
        let more = [
            ("RecordingDurationMs", "8120"), ("RecordingStartMs", "1420000000000"), ("RecordingEndMs", "1420000008120"),
        ]
        let turn = try #require(
            interpreter.handle(event("result", 1, Self.told("8", key: "#") + more), first.run, at: noon + 20)
        )
        #expect(
            interpreter.values(of: "Voicemail", turn.run) == [
                "record_url": Self.file, "RecordUrl": Self.file, "recording_id": "a34d252c", "RecordingID": "a34d252c",
                "duration": "8", "RecordingDuration": "8", "duration_ms": "8120", "RecordingDurationMs": "8120",
                "start_ms": "1420000000000", "RecordingStartMs": "1420000000000", "end_ms": "1420000008120",
                "RecordingEndMs": "1420000008120", "digits": "#", "Digits": "#", "status": "recorded",
            ]
        )
    }

    @Test func `the way behind the recording is no recording`() throws {
        let interpreter = try Self.voicemail()
        let first = try interpreter.start(callID(), caller, at: noon)
        let turn = try #require(interpreter.handle(event("none", 1), first.run, at: noon + 11))
        #expect(end(turn, interpreter) == ["", "Voicemail=no_recording"])
    }

    // MARK: Hanging up

    @Test func `after a hangup the callback decides`() throws {
        let interpreter = try Self.voicemail()
        let first = try interpreter.start(callID(), caller, at: noon)
        let gone = try #require(interpreter.handle(Self.hangup, first.run, at: noon + 10))
        #expect(gone.document == nil && gone.orders.isEmpty)
        #expect(gone.run.wake == noon + 70)
        let turn = try #require(interpreter.handle(event("event", 1, Self.told("8")), gone.run, at: noon + 40))
        #expect(end(turn, interpreter) == Self.recorded + ["Voicemail=recorded"])
        #expect(turn.run.turn == 2, "the action that comes too late gets this turn's bytes")
        #expect(try interpreter.handle(event("result", 1, Self.told("8")), turn.run, at: noon + 41) == nil)
    }

    @Test func `after a hangup the action decides, and a callback after it begins nothing`() throws {
        let interpreter = try Self.voicemail()
        let first = try interpreter.start(callID(), caller, at: noon)
        let gone = try #require(interpreter.handle(Self.hangup, first.run, at: noon + 10))
        let turn = try #require(interpreter.handle(event("result", 1, Self.told("8")), gone.run, at: noon + 12))
        #expect(end(turn, interpreter) == Self.recorded + ["Voicemail=recorded"])
        let later = try #require(interpreter.handle(event("event", 1, Self.told("8")), turn.run, at: noon + 30))
        #expect(later.orders.isEmpty)
        #expect(later.run.path.map(\.outcome) == turn.run.path.map(\.outcome))
    }

    @Test func `a callback that came before the hangup decides at once, and none while the call is up`() throws {
        let interpreter = try Self.voicemail()
        let first = try interpreter.start(callID(), caller, at: noon)
        var turn = first
        for _ in 1...2 {
            turn = try #require(interpreter.handle(event("event", 1, Self.told("8")), turn.run, at: noon + 10))
            #expect(turn.orders.isEmpty && turn.run.wait == first.run.wait)
        }
        turn = try #require(interpreter.handle(Self.hangup, turn.run, at: noon + 11))
        #expect(end(turn, interpreter) == Self.recorded + ["Voicemail=recorded"])
    }

    @Test(
        arguments: [
            ([("RecordUrl", ""), ("RecordingDuration", "8")], nil), ([("RecordUrl", "data:,x")], nil),
            (told("1"), "no_recording"), (told("2"), "recorded"),
        ] as [([(String, String)], String?)]
    )
    func `after a hangup a callback without a file is waited over`(
        _ pairs: [(String, String)],
        _ outcome: String?
    ) throws {
        let interpreter = try Self.voicemail("min_length: 2")
        let first = try interpreter.start(callID(), caller, at: noon)
        let gone = try #require(interpreter.handle(Self.hangup, first.run, at: noon + 10))
        let turn = try #require(interpreter.handle(event("event", 1, pairs), gone.run, at: noon + 12))
        #expect(
            interpreter.outcomes(of: turn.run).last { $0.hasPrefix("Voicemail") } == outcome.map { "Voicemail=\($0)" }
        )
    }

    @Test func `60 seconds after the hangup there is no recording`() throws {
        let interpreter = try Self.voicemail()
        let first = try interpreter.start(callID(), caller, at: noon)
        let gone = try #require(interpreter.handle(Self.hangup, first.run, at: noon + 10))
        #expect(interpreter.handle(.timeIsUp, gone.run, at: noon + 69) == nil)
        let turn = try #require(interpreter.handle(.timeIsUp, gone.run, at: noon + 70))
        #expect(end(turn, interpreter) == ["", "Voicemail=no_recording"])
        let late = try #require(interpreter.handle(event("event", 1, Self.told("8")), turn.run, at: noon + 90))
        #expect(late.orders.isEmpty)
        #expect(interpreter.values(of: "Voicemail", late.run)["record_url"] == Self.file)
    }

    @Test func `nothing heard for the message's time and 15 minutes is no recording, with a note`() throws {
        let interpreter = try Self.voicemail()
        let first = try interpreter.start(callID(), caller, at: noon)
        let turn = try #require(interpreter.handle(.timeIsUp, first.run, at: noon + (120 + 10 + 900)))
        #expect(end(turn, interpreter) == ["", "Voicemail=no_recording"])
        #expect(turn.notes == ["watchdog"])
    }

    @Test func `a transcription moves nothing`() throws {
        let interpreter = try Self.voicemail("transcribe: true")
        let first = try interpreter.start(callID(), caller, at: noon)
        let gone = try #require(interpreter.handle(Self.hangup, first.run, at: noon + 10))
        let told = try event("transcription", 1, Self.told("8") + [("transcription", "Hello")])
        let turn = try #require(interpreter.handle(told, gone.run, at: noon + 12))
        #expect(turn.run.wait == gone.run.wait && turn.document == nil && turn.orders.isEmpty)
        #expect(interpreter.values(of: "Voicemail", turn.run) == [:])
    }

    @Test func `reached by a caller who is gone, nothing is recorded`() throws {
        let interpreter = try Interpreter(
            flow(
                """
                nodes:
                  Start: {type: start, transitions: {incoming_call: Menu}}
                  Menu: {type: ivr_menu, speak: Press 1., transitions: {1: end, no_input: end, wrong_input: end, hangup: Keep}}
                  Keep: {type: record_audio, mode: session, transitions: end}
                """
            )
        )
        let first = try interpreter.start(callID(), caller, at: noon)
        let turn = try #require(interpreter.handle(Self.hangup, first.run, at: noon + 3))
        #expect(interpreter.outcomes(of: turn.run).last == "Keep=no_recording")
        #expect(turn.document == [.hangup()])
    }

    // MARK: Visits

    @Test func `a callback of an earlier visit decides nothing and gives nothing of a later one`() throws {
        let interpreter = try Interpreter(
            flow(
                """
                nodes:
                  Start: {type: start, transitions: {incoming_call: Message}}
                  Message: {type: record_audio, speak: Leave a message., transitions: {recorded: Check, no_recording: Check}}
                  Check: {type: ivr_menu, speak: Press 1 to try again., transitions: {1: Message, no_input: end, wrong_input: end}}
                """
            )
        )
        var turn = try interpreter.start(callID(), caller, at: noon)
        turn = try #require(interpreter.handle(event("result", 1, Self.told("8")), turn.run, at: noon + 9))
        turn = try #require(interpreter.handle(event("result", 2, [("Digits", "1")], node: 2), turn.run, at: noon + 12))
        turn = try #require(interpreter.handle(Self.hangup, turn.run, at: noon + 15))
        let waiting = turn.run.wait
        turn = try #require(interpreter.handle(event("event", 1, Self.told("8")), turn.run, at: noon + 16))
        #expect(turn.run.wait == waiting)
        #expect(interpreter.values(of: "Message", turn.run) == [:])
        let other = "https://media.plivo.com/b.mp3"
        turn = try #require(interpreter.handle(event("event", 3, Self.told("3", url: other)), turn.run, at: noon + 17))
        #expect(interpreter.values(of: "Message", turn.run)["record_url"] == other)
        #expect(turn.run.hasEnded)
    }

    @Test func `a turn that is not known is rebuilt from its URL`() throws {
        let interpreter = try Self.voicemail("min_length: 2")
        guard case .callback(let callback, let step) = try event("result", 1, Self.told("8")) else { return }
        let turn = try #require(
            interpreter.handle(.rebuilt(callback, step, hangup: nil), nil, at: noon)
        )
        #expect(end(turn, interpreter) == Self.recorded + ["Voicemail=recorded"])
        #expect(turn.notes == ["rebuilt"])
    }

    @Test func `the first turn of a message is not rebuilt from the callback that may be all that comes`() throws {
        let interpreter = try Self.voicemail()
        let turn = try interpreter.start(callID(), caller, at: noon)
        #expect(!turn.run.canBeRebuilt(on: interpreter.flow))
    }

    // MARK: In the background

    private static func background(_ mode: String, _ next: String) throws -> Interpreter {
        try Interpreter(
            flow(
                """
                nodes:
                  Start: {type: start, transitions: {incoming_call: Keep}}
                  Keep:
                    type: record_audio
                    mode: \(mode)
                    channels: mono
                    format: wav
                    transitions: {started: Next, no_recording: end}
                  Next: \(next)
                  Forward: {type: call_forward, to: +12025551234, transitions: end}
                """
            )
        )
    }

    @Test(arguments: [
        ("session", Record.Extent.session(channels: "mono")), ("dial", Record.Extent.dial(channels: "mono")),
    ])
    func `in the background the run goes on at once, and values come as Plivo tells them`(
        _ mode: String,
        _ extent: Record.Extent
    ) throws {
        let interpreter = try Self.background(mode, "{type: play_audio, speak: Hello., transitions: Forward}")
        var turn = try interpreter.start(callID(), caller, at: noon)
        let step = StepAddress(
            run: try callID(),
            flow: "test-flow",
            version: interpreter.flow.version,
            node: 1,
            turn: 1
        )
        let told = Link.own(CallbackAddress(step, "event", .byToken))
        #expect(
            turn.document?.first
                == .record(Record(extent, action: told, callback: told, fileFormat: "wav", maxLength: 14_400))
        )
        #expect(turn.dial != nil)
        for seconds in ["-1", "0"] {
            let action = Self.told(seconds, key: "")
            turn = try #require(interpreter.handle(event("event", 1, action), turn.run, at: noon + 1))
        }
        let known = [
            "record_url": Self.file, "RecordUrl": Self.file, "recording_id": "a34d252c", "RecordingID": "a34d252c",
            "status": "started",
        ]
        #expect(interpreter.values(of: "Keep", turn.run) == known)
        turn = try #require(interpreter.handle(event("event", 1, Self.told("27")), turn.run, at: noon + 60))
        #expect(
            interpreter.values(of: "Keep", turn.run)
                == known.merging(["duration": "27", "RecordingDuration": "27"]) { $1 }
        )
        #expect(turn.orders.isEmpty && turn.run.wait?.node == 3)
    }

    @Test(arguments: [false, true])
    func `a request behind a recording in the background waits for what is heard, and goes on without a caller`(
        _ isGone: Bool
    ) throws {
        let request =
            "{type: http_request, url: \"http://127.0.0.1:5000/\", transitions: {success: Forward, failed: end}}"
        let interpreter = try Self.background("session", request)
        var turn = try interpreter.start(callID(), caller, at: noon)
        guard case .redirect? = turn.document?.last else {
            Issue.record("no Redirect: \(String(describing: turn.document))")
            return
        }
        turn = try #require(interpreter.handle(isGone ? Self.hangup : event("result", 1), turn.run, at: noon + 5))
        #expect(interpreter.outcomes(of: turn.run).last == "Keep=started")
        #expect((turn.run.wait?.request == nil) == isGone)
        #expect(turn.orders.count == (isGone ? 1 : 0))
    }
}
