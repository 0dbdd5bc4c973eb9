import FlowCore
import FlowDocument
import Testing

/// Callers in a conference and in a multiparty call.
@Suite("Rooms")
struct RoomTests {
    enum Kind: String, CaseIterable, Sendable {
        case conference, party
    }

    private static func flowText(_ kind: Kind, _ more: String = "") -> String {
        let node =
            switch kind {
            case .conference: "type: conference_bridge\n    room: support <<Start.call.headers.Account>>"
            case .party: "type: multiparty_call\n    role: customer\n    name: support <<Start.call.headers.Account>>"
            }
        return """
            nodes:
              Start: {type: start, transitions: {incoming_call: Room}}
              Room:
                \(node)
                \(more)
                transitions: {completed: Report, failed: Full}
              Report: {type: http_request, url: "http://127.0.0.1:5000/report", transitions: end}
              Full: {type: play_audio, speak: All seats are taken., transitions: {completed: end, hangup: end}}
            """
    }

    private static func room(_ kind: Kind, _ more: String = "") throws -> Interpreter {
        try Interpreter(flow(flowText(kind, more)))
    }

    private static let hangup = Event.hungUp(
        Hangup(callStatus: "completed", cause: "NORMAL_CLEARING", billDuration: 60)
    )
    private static let own = "5f1c9d10-6b1e-4a0b-9d36-6f5d3f6c2a11"

    /// What Plivo sends as a caller leaves.
    private static func left(_ kind: Kind) -> [(String, String)] {
        switch kind {
        case .conference:
            [("ConferenceName", "support_gold"), ("ConferenceUUID", "1edcce24"), ("ConferenceMemberID", "4387")]
        case .party: [("MPCUUID", "18905d56"), ("MemberID", "49"), ("ParticipantCallUUID", own)]
        }
    }

    /// What Plivo tells as somebody comes in or goes.
    private static func moved(_ kind: Kind, _ action: String, call: String = own) -> [(String, String)] {
        switch kind {
        case .conference: left(kind) + [("ConferenceAction", action)]
        case .party:
            [
                ("EventName", action == "enter" ? "ParticipantJoin" : "ParticipantExit"), ("MPCUUID", "18905d56"),
                ("MemberID", "49"), ("ParticipantRole", "customer"), ("ParticipantCallUUID", call),
            ]
        }
    }

    private func outcome(_ turn: Turn, _ interpreter: Interpreter) -> String? {
        interpreter.outcomes(of: turn.run).first { $0.hasPrefix("Room=") }
    }

    // MARK: The document

    @Test func `a conference says all that Plivo has a default for`() throws {
        let more = """
            muted: true
                digits_match: 1, 22, 3x
                enter_sound: beep:2
                exit_sound: none
                wait_music: https://example.com/hold.mp3
                record: true
            """
        let interpreter = try Interpreter(
            flow(Self.flowText(.conference, more.replacing("1, 22, 3x", with: "\"1, 22,<<Start.call.headers.Keys>>\"")))
        )
        var parameters = caller
        parameters.append("X-PH-Keys", "3x")
        let turn = try interpreter.start(callID(), parameters, at: noon)
        guard case .conference(let conference)? = turn.document?.first, case .redirect? = turn.document?.last else {
            Issue.record("no Conference: \(String(describing: turn.document))")
            return
        }
        #expect(conference.room == "support_gold")
        #expect(conference.digitsMatch == "1,22")
        #expect(conference.enterSound == .word("beep:2") && conference.exitSound == nil)
        #expect(conference.muted && conference.record && conference.stayAlone && conference.startOnEnter)
        #expect((conference.maxMembers, conference.timeLimit) == (20, 14_400))
        let step = StepAddress(
            run: try callID(),
            flow: "test-flow",
            version: interpreter.flow.version,
            node: 1,
            turn: 1
        )
        #expect(conference.waitSound == .document(.own(CallbackAddress(step, "music", .byToken))))
        #expect(
            interpreter.document(Callback("music", turn: 1), turn.run, node: 1)
                == [.play(Play(url: "https://example.com/hold.mp3"))]
        )
        #expect(interpreter.document(Callback("entering", turn: 1), turn.run, node: 1) == nil)
        #expect(turn.notes == ["no-digit-pattern"])
        #expect(turn.run.wake == noon + (14_400 + 900))
    }

    @Test func `a multiparty call has its own defaults, and words for silence`() throws {
        let interpreter = try Self.room(.party, "enter_sound: none\n    agent_hold_music: https://example.com/hold.wav")
        let turn = try interpreter.start(callID(), caller, at: noon)
        guard case .multiPartyCall(let call)? = turn.document?.first else {
            Issue.record("no MultiPartyCall: \(String(describing: turn.document))")
            return
        }
        #expect((call.name, call.role) == ("support_gold", "customer"))
        #expect(call.enterSound == .word("none") && call.exitSound == .word("beep:2"))
        #expect(call.coach && call.startOnEnter && !call.stayAlone && !call.endOnExit && !call.mute && !call.hold)
        #expect((call.maxDuration, call.maxParticipants, call.recordMinMembers) == (14_400, 10, 1))
        #expect(call.waitMusic == nil)
        #expect(
            interpreter.document(Callback("agent", turn: 1), turn.run, node: 1)
                == [.play(Play(url: "https://example.com/hold.wav"))]
        )
    }

    @Test(
        arguments: [
            ("gold", "support_gold"), ("a.b/c d", "support_a_b_c_d"), ("\r\nX: 1", "support__X__1"),
            ("<Dial>&", "support__Dial__"), ("日本", "support___"), ("e\u{301}", "support__"),
            (String(repeating: "a", count: 200), "support_" + String(repeating: "a", count: 92)),
        ] as [(String, String)],
        Kind.allCases
    )
    func `a room has a name of letters, digits, - and _, whatever it is made of`(
        _ name: (String, String),
        _ kind: Kind
    ) throws {
        let interpreter = try Self.room(kind)
        var parameters = Parameters(caller.pairs.filter { $0.name != "X-PH-Account" }.map { ($0.name, $0.value) })
        parameters.append("X-PH-Account", name.0)
        let turn = try interpreter.start(callID(), parameters, at: noon)
        switch turn.document?.first {
        case .conference(let conference)?: #expect(conference.room == name.1)
        case .multiPartyCall(let call)?: #expect(call.name == name.1)
        default: Issue.record("no room: \(String(describing: turn.document))")
        }
    }

    @Test(arguments: Kind.allCases)
    func `without a name nobody enters`(_ kind: Kind) throws {
        let text = Self.flowText(kind).replacing("support <<", with: "<<")
        let interpreter = try Interpreter(flow(text))
        let parameters = Parameters(caller.pairs.filter { $0.name != "X-PH-Account" }.map { ($0.name, $0.value) })
        let turn = try interpreter.start(callID(), parameters, at: noon)
        #expect(outcome(turn, interpreter) == "Room=failed")
        #expect(turn.notes.contains("no-room-name"))
    }

    @Test(arguments: [
        ("http://example.com/hold.mp3", false), ("https://hold.mp3", false), ("hold", false),
        ("file:///etc/passwd", false), ("https://example.com/music.xml", true),
    ])
    func `music that Plivo cannot fetch is left out with a note`(_ music: String, _ isHeard: Bool) throws {
        let text = Self.flowText(.conference, "wait_music: <<Start.call.headers.Music>>")
        let interpreter = try Interpreter(flow(text))
        var parameters = caller
        parameters.append("X-PH-Music", music)
        let turn = try interpreter.start(callID(), parameters, at: noon)
        guard case .conference(let conference)? = turn.document?.first else {
            Issue.record("no Conference: \(String(describing: turn.document))")
            return
        }
        #expect(conference.waitSound == (isHeard ? .document(.url(music)) : nil))
        #expect(turn.notes.contains("no-room-sound") == !isHeard)
    }

    // MARK: How it ends

    @Test(arguments: Kind.allCases)
    func `a caller who leaves has completed, and one who finds no room has failed`(_ kind: Kind) throws {
        let interpreter = try Self.room(kind)
        let first = try interpreter.start(callID(), caller, at: noon)
        let left = try #require(interpreter.handle(event("result", 1, Self.left(kind)), first.run, at: noon + 30))
        #expect(outcome(left, interpreter) == "Room=completed")
        #expect(left.document == [.hangup()])
        for way in [("none", []), ("result", [("ConferenceName", "support_gold")])] as [(String, [(String, String)])] {
            let full = try #require(interpreter.handle(event(way.0, 1, way.1), first.run, at: noon + 1))
            #expect(outcome(full, interpreter) == "Room=failed")
            #expect(full.document?.count == 2, "spoken to, and hung up")
        }
    }

    @Test(arguments: Kind.allCases)
    func `a hangup waits 3 seconds for the action, then counts what was heard before`(_ kind: Kind) throws {
        let interpreter = try Self.room(kind)
        let first = try interpreter.start(callID(), caller, at: noon)
        let entered = try #require(
            interpreter.handle(event("event", 1, Self.moved(kind, "enter")), first.run, at: noon + 2)
        )
        for (before, expected) in [(first, "Room=failed"), (entered, "Room=completed")] {
            let gone = try #require(interpreter.handle(Self.hangup, before.run, at: noon + 32))
            #expect(gone.run.wake == noon + 35 && gone.document == nil)
            let turn = try #require(interpreter.handle(.timeIsUp, gone.run, at: noon + 35))
            #expect(outcome(turn, interpreter) == expected)
            let duration = interpreter.values(of: "Room", turn.run)["duration"]
            #expect(duration == (before.run == first.run ? nil : "30"))
            // The action in time decides, in either case.
            let left = try #require(interpreter.handle(event("result", 1, Self.left(kind)), gone.run, at: noon + 34))
            #expect(outcome(left, interpreter) == "Room=completed")
            #expect(interpreter.handle(.timeIsUp, left.run, at: noon + 35) == nil)
        }
    }

    @Test(arguments: Kind.allCases)
    func `an event that comes in behind the hangup still counts`(_ kind: Kind) throws {
        let interpreter = try Self.room(kind)
        let first = try interpreter.start(callID(), caller, at: noon)
        let gone = try #require(interpreter.handle(Self.hangup, first.run, at: noon + 32))
        let told = try #require(
            interpreter.handle(event("event", 1, Self.moved(kind, "enter")), gone.run, at: noon + 33)
        )
        #expect(outcome(told, interpreter) == nil)
        let turn = try #require(interpreter.handle(.timeIsUp, told.run, at: noon + 35))
        #expect(outcome(turn, interpreter) == "Room=completed")
    }

    @Test(arguments: Kind.allCases)
    func `nothing heard for the room's time and 15 minutes counts as a hangup, with a note`(_ kind: Kind) throws {
        let interpreter = try Self.room(kind)
        let first = try interpreter.start(callID(), caller, at: noon)
        let turn = try #require(interpreter.handle(.timeIsUp, first.run, at: noon + (14_400 + 900)))
        #expect(outcome(turn, interpreter) == "Room=failed")
        #expect(turn.notes == ["watchdog"])
    }

    @Test(arguments: Kind.allCases)
    func `events move nothing, twice or unknown`(_ kind: Kind) throws {
        let interpreter = try Self.room(kind)
        let first = try interpreter.start(callID(), caller, at: noon)
        var turn = first
        for action in ["enter", "enter", "exit", "exit"] {
            turn = try #require(interpreter.handle(event("event", 1, Self.moved(kind, action)), turn.run, at: noon + 5))
            #expect(turn.orders.isEmpty && turn.document == nil && turn.run.wait?.node == 1)
        }
        let unknown = kind == .conference ? [("ConferenceAction", "teleport")] : [("EventName", "Teleport")]
        turn = try #require(interpreter.handle(event("event", 1, unknown), turn.run, at: noon + 6))
        #expect(turn.notes == ["unknown-room-event"])
        turn = try #require(interpreter.handle(event("result", 1, Self.left(kind)), turn.run, at: noon + 65))
        #expect(interpreter.values(of: "Room", turn.run)["duration"] == "0", "from the first enter to the first exit")
    }

    @Test(arguments: Kind.allCases)
    func `a turn that is not known is rebuilt from its URL`(_ kind: Kind) throws {
        let interpreter = try Self.room(kind)
        #expect(try interpreter.start(callID(), caller, at: noon).run.canBeRebuilt(on: interpreter.flow))
        guard case .callback(let callback, let step) = try event("result", 1, Self.left(kind)) else { return }
        let turn = try #require(interpreter.handle(.rebuilt(callback, step, hangup: nil), nil, at: noon))
        #expect(outcome(turn, interpreter) == "Room=completed")
        #expect(turn.notes.first == "rebuilt")
    }

    // MARK: Values

    @Test func `what Plivo tells of a conference are the node's values`() throws {
        let interpreter = try Self.room(.conference, "record: true")
        let first = try interpreter.start(callID(), caller, at: noon)
        let file = [("RecordUrl", "http://s3.amazonaws.com/r/684.mp3"), ("RecordingID", "1e9eca52")]
        var turn = try #require(
            interpreter.handle(event("event", 1, Self.moved(.conference, "enter") + file), first.run, at: noon + 1)
        )
        let other = Self.moved(.conference, "enter").map { $0.0 == "ConferenceMemberID" ? ($0.0, "9") : $0 }
        var parameters = Parameters(
            caller.pairs.map { $0.name == "CallUUID" ? ($0.name, "another") : ($0.name, $0.value) }
        )
        for (name, value) in other { parameters.append(name, value) }
        turn = try #require(
            interpreter.handle(.callback(Callback("event", turn: 1, parameters), step(1)), turn.run, at: noon + 2)
        )
        turn = try #require(interpreter.handle(event("result", 1, Self.left(.conference)), turn.run, at: noon + 31))
        #expect(
            interpreter.values(of: "Room", turn.run) == [
                "conference_name": "support_gold", "ConferenceName": "support_gold", "conference_uuid": "1edcce24",
                "ConferenceUUID": "1edcce24", "member_id": "4387", "ConferenceMemberID": "4387",
                "record_url": "http://s3.amazonaws.com/r/684.mp3", "RecordUrl": "http://s3.amazonaws.com/r/684.mp3",
                "recording_id": "1e9eca52", "RecordingID": "1e9eca52", "duration": "30", "status": "completed",
            ]
        )
    }

    @Test func `what Plivo tells of a multiparty call are the node's values, the latest event by its own time`() throws
    {
        let interpreter = try Self.room(.party)
        let first = try interpreter.start(callID(), caller, at: noon)
        func told(_ name: String, _ time: String, call: String = Self.own, member: String = "49") throws -> Event {
            try event(
                "event",
                1,
                [
                    ("EventName", name), ("EventTimestamp", time), ("MPCUUID", "18905d56"), ("MemberID", member),
                    ("ParticipantCallUUID", call), ("ParticipantRole", member == "49" ? "customer" : "agent"),
                ]
            )
        }
        var turn = first
        for (index, event) in [
            try told("ParticipantJoin", "2026-04-08 11:34:33.238707"),
            try told("ParticipantHold", "2026-04-08 11:34:50.000001", call: "another", member: "50"),
            try told("ParticipantJoin", "2026-04-08 11:34:40.100000", call: "another", member: "50"),
        ].enumerated() {
            turn = try #require(interpreter.handle(event, turn.run, at: noon + index))
        }
        let action =
            Self.left(.party) + [
                ("ParticipantJoinTime", "2026-04-08 11:34:33"), ("ParticipantEndTime", "2026-04-08 11:36:33"),
            ]
        turn = try #require(interpreter.handle(event("result", 1, action), turn.run, at: noon + 120))
        let file = [("EventName", "MPCRecordingCompleted"), ("RecordUrl", "https://media.plivo.com/a.mp3")]
        turn = try #require(interpreter.handle(event("recording", 1, file), turn.run, at: noon + 130))
        #expect(
            interpreter.values(of: "Room", turn.run) == [
                "conference_name": "support_gold", "conference_uuid": "18905d56", "MPCUUID": "18905d56",
                "member_id": "49", "MemberID": "49", "call_uuid": Self.own, "from": "+14155551234",
                "to": "+14155550100", "direction": "inbound", "event": "MPCRecordingCompleted",
                "ParticipantJoinTime": "2026-04-08 11:34:33", "ParticipantEndTime": "2026-04-08 11:36:33",
                "ParticipantRole": "customer", "duration": "120", "record_url": "https://media.plivo.com/a.mp3",
                "status": "completed",
            ]
        )
    }

    @Test func `somebody else's join is not this caller's`() throws {
        let interpreter = try Self.room(.party)
        var turn = try interpreter.start(callID(), caller, at: noon)
        let other = try event("event", 1, Self.moved(.party, "enter", call: "another"))
        turn = try #require(interpreter.handle(other, turn.run, at: noon + 1))
        turn = try #require(interpreter.handle(Self.hangup, turn.run, at: noon + 2))
        turn = try #require(interpreter.handle(.timeIsUp, turn.run, at: noon + 5))
        #expect(outcome(turn, interpreter) == "Room=failed")
        #expect(interpreter.values(of: "Room", turn.run)["member_id"] == nil)
    }

    // MARK: Events

    @Test(
        arguments: [
            (Kind.conference, "event", [("ConferenceAction", "enter")], "enter"),
            (.conference, "event", [("ConferenceAction", "exit")], "exit"),
            (.conference, "event", [("ConferenceAction", "digits"), ("ConferenceDigitsMatch", "2")], "digits"),
            (.conference, "event", [("ConferenceAction", "record"), ("RecordingID", "1")], "recording"),
            (.conference, "event", [("ConferenceAction", "record")], nil),
            (.conference, "event", [("ConferenceAction", "floor")], nil),
            (.conference, "transcription", [("transcription", "Hello")], "transcription"),
            (.party, "event", [("EventName", "MPCInitialized")], nil),
            (.party, "event", [("EventName", "MPCStart")], "start"),
            (.party, "event", [("EventName", "MPCEnd")], "end"),
            (.party, "event", [("EventName", "ParticipantJoin")], "join"),
            (.party, "event", [("Event", "ParticipantJoined")], "join"),
            (.party, "event", [("EventName", "ParticipantExit")], "exit"),
            (.party, "event", [("EventName", "ParticipantMute")], "mute"),
            (.party, "event", [("EventName", "ParticipantUnmute")], "unmute"),
            (.party, "event", [("EventName", "ParticipantHold")], "hold"),
            (.party, "event", [("EventName", "ParticipantUnhold")], "unhold"),
            (.party, "event", [("EventName", "ParticipantSpeakStart")], "speak_start"),
            (.party, "event", [("EventName", "ParticipantSpeakStop")], "speak_stop"),
            (.party, "event", [("EventName", "ParticipantDigitInput")], "digits"),
            (.party, "event", [("EventName", "ParticipantCoachModeStart")], nil),
            (.party, "event", [("EventName", "AddParticipantByAPIActionCompleted")], nil),
            (
                .party, "recording", [("EventName", "MPCRecordingCompleted"), ("RecordUrl", "https://h.example/a")],
                "recording"
            ),
            (.party, "recording", [("EventName", "MPCRecordingInitiated"), ("RecordUrl", "https://h.example/a")], nil),
        ] as [(Kind, String, [(String, String)], String?)]
    )
    func `a callback tells one event`(
        _ kind: Kind,
        _ callback: String,
        _ pairs: [(String, String)],
        _ event: String?
    ) throws {
        let description = try Self.room(kind).flow.nodes[1].description
        let told = description.event(told: Callback(callback, turn: 1, Parameters(pairs)))
        #expect(told.map { description.events[$0].name } == event)
    }

    @Test(
        arguments: [
            ("", []), ("events: {digits: Heard}", ["participant-digit-input-events"]),
            ("events: {speak_stop: Heard, join: Heard}", ["participant-speak-events"]),
        ] as [(String, [String])]
    )
    func `Plivo is asked for keys and speaking where the flow goes on by them`(
        _ events: String,
        _ more: [String]
    ) throws {
        let heard = "\n  Heard: {type: http_request, url: \"http://127.0.0.1:5000/heard\", transitions: end}"
        let interpreter = try Interpreter(flow(Self.flowText(.party, events) + heard))
        let turn = try interpreter.start(callID(), caller, at: noon)
        guard case .multiPartyCall(let call)? = turn.document?.first else {
            Issue.record("no MultiPartyCall: \(String(describing: turn.document))")
            return
        }
        let always = ["mpc-state-changes", "participant-state-changes", "add-participant-api-events"]
        #expect(call.statusEvents == always + more)
    }

    // MARK: What is wrong with a file

    @Test(arguments: [
        (Kind.conference, "max_members: 21", "1 to 20"), (.conference, "time_limit: 86401", "86400"),
        (.conference, "digits_match: 1;2", "several by commas"), (.party, "max_duration: 299", "300 to 28800"),
        (.party, "max_participants: 11", "2 to 10"), (.party, "record_min_members: 3", "1 to 2"),
        (.party, "add: []", "unknown key \"add\""),
    ])
    func `a value out of range is said`(_ kind: Kind, _ key: String, _ words: String) {
        let found = findings(Self.flowText(kind, key))
        #expect(found.contains { $0.severity == .error && $0.message.contains(words) }, "\(found.map(\.message))")
    }

    @Test func `a role is one of three`() {
        let text = Self.flowText(.party).replacing("role: customer", with: "role: Boss")
        #expect(findings(text).contains { $0.message.contains("one of agent, customer, supervisor") })
    }
}
