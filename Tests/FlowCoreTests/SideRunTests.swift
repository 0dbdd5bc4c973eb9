import FlowCore
import FlowDocument
import Testing

/// Events, and the runs that they begin.
@Suite("Side runs")
struct SideRunTests {
    private static let text = """
        nodes:
          Start: {type: start, transitions: {incoming_call: Forward, call_hangup: Abandoned}}
          Forward:
            type: call_forward
            to: +12025551234
            record: true
            events: {answered: Heard, recording: Heard}
            transitions: {completed: Report, busy: Forward}
          Report: {type: http_request, url: http://127.0.0.1:5000/report, transitions: end}
          Heard:
            type: http_request
            url: http://127.0.0.1:5000/heard
            body:
              caller: <<Start.call.from>>
              leg: <<Forward.event.DialBLegUUID>>
              file: <<Forward.event.RecordUrl>>
              kept: <<Forward.record_url>>
            transitions: Count
          Count: {type: counter, max: 1, transitions: end}
          Abandoned: {type: http_request, url: http://127.0.0.1:5000/abandoned, transitions: end}
        """

    private static let sideID = RunID(own: 7)

    private static func interpreter() throws -> Interpreter { try Interpreter(flow(text)) }

    private static func callback(_ name: String, _ turn: Int, _ pairs: [(String, String)]) -> Callback {
        Callback(name, turn: turn, Parameters([("CallUUID", "other")] + pairs))
    }

    private static let ready = [
        ("RecordUrl", "https://media.example/1.mp3"), ("RecordingID", "r1"), ("RecordingDuration", "42"),
    ]

    private func heard(_ callback: Callback, _ run: Run, _ interpreter: Interpreter) throws -> Run {
        let event = Event.callback(callback, try step(callback.turn))
        return interpreter.handle(event, run, at: noon + 60)?.run ?? run
    }

    @Test func `a side run knows what the run knows and what Plivo said, and has no caller`() throws {
        let interpreter = try Self.interpreter()
        var run = try interpreter.start(callID(), caller, at: noon).run
        let told = Self.callback("event", 1, Self.ready)
        run = try heard(told, run, interpreter)
        let side = try #require(interpreter.sideBeginning(of: told, run, node: 1))
        let turn = interpreter.begin(side, id: Self.sideID, of: run, at: noon + 60)
        #expect(
            turn.bodies == [
                "caller=%2B14155551234&leg=&file=https%3A%2F%2Fmedia.example%2F1.mp3&kept=https%3A%2F%2Fmedia.example%2F1.mp3"
            ]
        )
        #expect(turn.document == nil)
        #expect(turn.orders.map(\.key.run) == [Self.sideID])
        #expect(turn.run.call.isOver && turn.run.turn == 0 && turn.run.answers.isEmpty)
        #expect(turn.run.status == .delivering)
        #expect(turn.run.from == run.from && turn.run.startedAt == noon + 60)
        #expect(turn.run.path.map(\.node) == [3])
        #expect(turn.run.origins.map(\.event) == ["recording"])
        // The run itself stays where it is.
        #expect(run.wait?.node == 1 && run.path.count == 2)
        // It goes on from the delivery's end, with visits of its own, and ends by itself.
        let end = Event.requestEnded(turn.orders[0].key, RequestResult(statusCode: 200))
        let ended = try #require(interpreter.handle(end, turn.run, at: noon + 61))
        #expect(ended.run.status == .finished)
        #expect(ended.run.path.map(\.node) == [3, 4])
    }

    @Test func `a run that has ended begins side runs too, and what it gave then is there`() throws {
        let interpreter = try Self.interpreter()
        var run = try interpreter.start(callID(), caller, at: noon).run
        run = try #require(interpreter.handle(result(1, "failed"), run, at: noon + 9)).run
        #expect(run.hasEnded)
        let told = Self.callback("event", 1, Self.ready)
        let after = try heard(told, run, interpreter)
        #expect(after.hasEnded && after.endedAt == run.endedAt && after.path.count == run.path.count)
        let index = try #require(interpreter.flow.nodes[1].description.value("recording_id"))
        #expect(after.values[1][index] == .text("r1"))
        #expect(interpreter.sideBeginning(of: told, after, node: 1) != nil)
    }

    @Test(
        arguments: [
            ("event", [("RecordUrl", "https://a/1.mp3"), ("RecordingID", "r"), ("RecordingDuration", "-1")], ""),
            // The action that comes at once, in its older form, and with the key that ended a message.
            ("event", [("RecordUrl", "https://a/1.mp3"), ("RecordingID", "r"), ("RecordingDuration", "0")], ""),
            (
                "event",
                [
                    ("RecordUrl", "https://a/1.mp3"), ("RecordingID", "r"), ("RecordingDuration", "0"),
                    ("RecordingDurationMs", "0"), ("RecordingEndMs", "-1"), ("Digits", ""),
                ], ""
            ),
            (
                "event",
                [
                    ("RecordUrl", "https://a/1.mp3"), ("RecordingID", "r"), ("RecordingDuration", "0"),
                    ("RecordingDurationMs", "400"),
                ], "recording"
            ),
            ("event", [("RecordingID", "r"), ("RecordingDuration", "7"), ("Digits", "")], ""),
            ("event", [("RecordUrl", "https://a/1.mp3"), ("RecordingID", "r")], "recording"),
            ("event", [("Something", "else")], ""),
            ("events", [("DialAction", "answer"), ("DialBLegUUID", "b")], "answered"),
            ("events", [("Event", "DialAnswer"), ("DialBLegUUID", "b")], "answered"),
            // No node is named for it.
            ("events", [("DialAction", "hangup"), ("DialBLegUUID", "b")], ""),
            ("events", [("DialAction", "answer")], ""),
            ("result", [("DialAction", "answer"), ("DialBLegUUID", "b")], ""),
            ("confirm", [("RecordingID", "r")], ""),
        ] as [(String, [(String, String)], String)]
    )
    func `a callback tells an event by its URL and its words`(
        _ name: String,
        _ pairs: [(String, String)],
        _ event: String
    ) throws {
        let interpreter = try Self.interpreter()
        let run = try interpreter.start(callID(), caller, at: noon).run
        let callback = Self.callback(name, 1, pairs)
        #expect(interpreter.sideBeginning(of: callback, run, node: 1)?.key.event ?? "" == event)
        #expect(interpreter.event(of: callback, node: 1) ?? "" == event)
        #expect(interpreter.sideBeginning(of: callback, run, node: 2) == nil)
        #expect(interpreter.sideBeginning(of: callback, run, node: 99) == nil)
    }

    @Test func `two callbacks are the same event by their mark, else by all that they say in whatever order`() throws {
        let interpreter = try Self.interpreter()
        var run = try interpreter.start(callID(), caller, at: noon).run
        func key(_ name: String, _ turn: Int, _ pairs: [(String, String)]) throws -> EventKey {
            let callback = Self.callback(name, turn, pairs)
            return try #require(interpreter.sideBeginning(of: callback, run, node: 1)).key
        }
        let first = try key("event", 1, Self.ready)
        #expect(first.mark == ["r1"] && first.visit == 0)
        #expect(try key("event", 1, [("RecordingID", "r1"), ("RecordUrl", "https://elsewhere/")]) == first)
        #expect(try key("event", 1, [("RecordingID", "r2")]) != first)
        #expect(try key("event", 1, [("RecordingID", ""), ("RecordUrl", "https://a/")]).mark.count == 3)
        let leg = [("DialAction", "answer"), ("DialBLegUUID", "b")]
        #expect(try key("events", 1, leg) == key("events", 1, leg.reversed()))
        #expect(try key("events", 1, leg) != key("events", 1, leg + [("x", "y")]))
        // The same recording of another visit is another event.
        run = try #require(interpreter.handle(result(1, "busy"), run, at: noon + 5)).run
        #expect(try key("event", 2, Self.ready).visit == 1)
        #expect(try key("event", 1, Self.ready) == first)
    }

    @Test func `a callback fills the values of its own visit, and a later visit begins without them`() throws {
        let interpreter = try Self.interpreter()
        let index = try #require(interpreter.flow.nodes[1].description.value("record_url"))
        var run = try interpreter.start(callID(), caller, at: noon).run
        run = try heard(Self.callback("event", 1, Self.ready), run, interpreter)
        #expect(run.values[1][index] == .text("https://media.example/1.mp3"))
        run = try #require(interpreter.handle(result(1, "busy"), run, at: noon + 5)).run
        #expect(run.values[1][index] == .missing)
        run = try heard(Self.callback("event", 1, Self.ready), run, interpreter)
        #expect(run.values[1][index] == .missing)
        #expect(run.path.map(\.heard.count) == [0, 3, 0])
    }

    @Test func `a recording in front of the dial goes on in the background, and its URL has to be one`() throws {
        let interpreter = try Self.interpreter()
        let turn = try interpreter.start(callID(), caller, at: noon)
        let own = CallbackAddress(try step(1), "event", .byToken)
        #expect(
            turn.document?.first
                == .record(
                    Record(.dial(channels: "stereo"), action: .own(own), callback: .own(own), maxLength: 14_400)
                )
        )
        #expect(turn.dial != nil)
        let bad = Self.callback("event", 1, [("RecordUrl", "javascript:alert(1)"), ("RecordingID", "r1")])
        let run = try heard(bad, turn.run, interpreter)
        let url = try #require(interpreter.flow.nodes[1].description.value("record_url"))
        #expect(run.values[1][url] == .missing)
        #expect(run.notes.map(\.code) == ["bad-record-url"])
    }

    @Test func `a side run and the list of a run's side runs outlive their binary form`() throws {
        let interpreter = try Self.interpreter()
        var run = try interpreter.start(callID(), caller, at: noon).run
        let told = Self.callback("event", 1, Self.ready)
        let side = try #require(interpreter.sideBeginning(of: told, run, node: 1))
        run.sideRuns = [Self.sideID, RunID(own: .max)]
        run.isPastSideRuns = true
        for run in [run, interpreter.begin(side, id: Self.sideID, of: run, at: noon + 60).run] {
            var writer = ByteWriter()
            run.encode(into: &writer)
            var reader = ByteReader(writer.bytes)
            #expect(try Run(decoding: &reader) == run)
        }
    }
}
