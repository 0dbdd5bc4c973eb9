/// Lets the caller into a call of agents, customers and supervisors.
struct MultipartyCall: Node {
    private static let id = Field(
        "id",
        .literal,
        example: "desk",
        "What the PHLO API calls the node; the node's name where it is left out."
    )
    private static let name = Field(
        "name",
        .text(),
        roles: .room,
        isRequired: true,
        example: "support",
        "The call's name, which all flows of the Plivo account share; all but ASCII letters, digits, `-` and `_` becomes `_`, and 100 characters are kept."
    )
    private static let role = Field(
        "role",
        .choice(["agent", "customer", "supervisor"]),
        isRequired: true,
        example: "customer",
        "What the caller is in it."
    )
    private static let mute = Field("mute", .boolean, default: "false", "Whether the others do not hear the caller.")
    private static let hold = Field("hold", .boolean, default: "false", "Whether the caller is on hold at first.")
    private static let stayAlone = Field(
        "stay_alone",
        .boolean,
        default: "false",
        "Whether a participant may be in the call alone."
    )
    private static let endOnExit = Field(
        "end_on_exit",
        .boolean,
        default: "false",
        "Whether the call ends for all as this caller leaves."
    )
    private static let relayDigits = Field(
        "relay_digits",
        .boolean,
        default: "false",
        "Whether the others hear the keys that the caller presses."
    )
    private static let startOnEnter = Field(
        "start_on_enter",
        .boolean,
        default: "true",
        "Whether the call starts as this caller comes in; before that participants wait with music."
    )
    private static let coach = Field(
        "coach",
        .boolean,
        default: "true",
        "Whether a supervisor is heard by the agents alone."
    )
    private static let maxDuration = Field(
        "max_duration",
        .wholeNumber(300...28_800, unit: "seconds"),
        default: "14400",
        "How long the call may last."
    )
    private static let maxParticipants = Field(
        "max_participants",
        .wholeNumber(2...10, unit: "participants"),
        default: "10",
        "How many participants the call takes."
    )
    private static let record = Field(
        "record",
        .boolean,
        roles: .records,
        default: "false",
        "Whether the call is recorded."
    )
    private static let recordFormat = Field(
        "record_format",
        .choice(["mp3", "wav"]),
        default: "mp3",
        "The format of the recording."
    )
    private static let recordMinMembers = Field(
        "record_min_members",
        .wholeNumber(1...2, unit: "participants"),
        default: "1",
        "With how many participants the recording begins."
    )

    static let description = NodeDescription(
        type: "multiparty_call",
        summary: "Lets the caller into a call of agents, customers and supervisors, and goes on as the caller leaves.",
        fields: [
            id, name, role, mute, hold, stayAlone, endOnExit, relayDigits, startOnEnter, coach, maxDuration,
            maxParticipants,
        ] + PartyAudio.fields + [record, recordFormat, recordMinMembers],
        outcomes: RoomWait.outcomes,
        values: [
            ValueDescription("conference_name", .text, "The call's name."),
            ValueDescription("conference_uuid", .text, "Plivo's name for the multiparty call."),
            ValueDescription("member_id", .text, "The caller's number in the call."),
            ValueDescription("call_uuid", .text, "Plivo's name for the caller's leg."),
            ValueDescription("from", .phoneNumber, roles: .fromCaller, "The caller."),
            ValueDescription("to", .phoneNumber, roles: .calledNumber, "The number that was called."),
            ValueDescription("direction", .text, "`inbound` or `outbound`."),
            ValueDescription("event", .text, "What Plivo told last of the call: `ParticipantJoin`, …."),
            ValueDescription("MPCUUID", .text, "The same as `conference_uuid`."),
            ValueDescription("MemberID", .text, "The same as `member_id`."),
            ValueDescription("ParticipantJoinTime", .time, "When the caller came in, as Plivo says it."),
            ValueDescription("ParticipantEndTime", .time, "When the caller left, as Plivo says it."),
            ValueDescription("ParticipantRole", .text, "What the caller was in the call, as Plivo says it."),
            ValueDescription("duration", .number, "Whole seconds that the caller was in the call, where Plivo told."),
            Recording.urlValue,
            ValueDescription("status", .text, "The outcome: `completed` or `failed`."),
        ],
        traits: .holdsCaller,
        callbacks: [events, recordings] + PartyAudio.callbacks,
        plays: plays,
        events: told,
        notes: [.noRoomName, .noRoomSound, .badRecordURL, .unknownRoomEvent],
        otherNames: ["multipartycall", "multipartycallv2", "multipartycalloutbound", "mpc"]
    )

    private let callName: Template?
    private let participant: String
    private let isMuted: Bool
    private let isHeld: Bool
    private let mayStayAlone: Bool
    private let endsOnExit: Bool
    private let relaysDigits: Bool
    private let startsOnEnter: Bool
    private let coaches: Bool
    private let seconds: Int
    private let participants: Int
    private let audio: PartyAudio
    private let isRecorded: Bool
    private let format: String
    private let recordedFrom: Int

    init(_ reader: FieldReader) {
        _ = reader.literal(Self.id)
        callName = reader.template(Self.name)
        participant = reader.choice(Self.role)
        isMuted = reader.boolean(Self.mute)
        isHeld = reader.boolean(Self.hold)
        mayStayAlone = reader.boolean(Self.stayAlone)
        endsOnExit = reader.boolean(Self.endOnExit)
        relaysDigits = reader.boolean(Self.relayDigits)
        startsOnEnter = reader.boolean(Self.startOnEnter)
        coaches = reader.boolean(Self.coach)
        seconds = reader.wholeNumber(Self.maxDuration)
        participants = reader.wholeNumber(Self.maxParticipants)
        audio = PartyAudio(reader)
        isRecorded = reader.boolean(Self.record)
        format = reader.choice(Self.recordFormat)
        recordedFrom = reader.wholeNumber(Self.recordMinMembers)
    }

    var headline: String { callName?.written ?? "" }

    func enter(_ stay: inout Stay) -> Progress {
        stay.clearValues()
        stay.give("call_uuid", .text(stay.call.uuid))
        stay.give("from", .text(stay.run.from))
        stay.give("to", .text(stay.run.to))
        stay.give("direction", .text(stay.run.direction))
        guard !stay.call.isOver else { return .outcome(RoomWait.failed) }
        let name = RoomName.clean(callName.map { stay.text($0) } ?? "")
        guard !name.isEmpty else {
            stay.note(.noRoomName)
            return .outcome(RoomWait.failed)
        }
        stay.give("conference_name", .text(name))
        let call = MPC(
            name: name,
            action: stay.link(Callback.action),
            role: participant,
            mute: isMuted,
            hold: isHeld,
            stayAlone: mayStayAlone,
            endOnExit: endsOnExit,
            relayDigits: relaysDigits,
            startOnEnter: startsOnEnter,
            coach: coaches,
            maxDuration: seconds,
            maxParticipants: participants,
            waitMusic: audio.wait.told(&stay),
            agentHoldMusic: audio.agentHold.told(&stay),
            customerHoldMusic: audio.customerHold.told(&stay),
            enterSound: audio.enter.told(&stay),
            exitSound: audio.exit.told(&stay),
            record: isRecorded,
            recordFormat: format,
            recordMinMembers: recordedFrom,
            recordingCallback: stay.link(Self.recordings.name),
            statusCallback: stay.link(Self.events.name),
            statusEvents: statusEvents(stay.flow.nodes[stay.node])
        )
        stay.say(.multiPartyCall(call))
        stay.say(.redirect(stay.link(Callback.none)))
        return .await(RoomWait.wait(seconds: seconds, stay))
    }

    /// The kinds of events that Plivo tells of: keys and speaking, which may be many, where the flow goes on by them.
    private func statusEvents(_ node: FlowNode) -> [String] {
        let named = Self.told.indices.filter { node.events.indices.contains($0) && node.events[$0].node != nil }
            .map { Self.told[$0].name }
        let speaks = named.contains("speak_start") || named.contains("speak_stop")
        return ["mpc-state-changes", "participant-state-changes", "add-participant-api-events"]
            + (speaks ? ["participant-speak-events"] : [])
            + (named.contains("digits") ? ["participant-digit-input-events"] : [])
    }

    // MARK: What Plivo tells

    func resume(_ signal: Signal, _ stay: inout Stay) -> Progress? {
        let outcome = RoomWait.outcome(signal, &stay) { parameters, stay in
            guard !parameters.printable("MPCUUID").isEmpty else { return nil }
            return Self.read(parameters, isOwn: true, &stay)
        }
        return outcome.map { .outcome($0) }
    }

    func rebuilt(for callback: Callback, _ stay: inout Stay) -> Wait? {
        stay.give("call_uuid", .text(stay.call.uuid))
        stay.give("from", .text(stay.run.from))
        stay.give("to", .text(stay.run.to))
        stay.give("direction", .text(stay.run.direction))
        return RoomWait.wait(seconds: seconds, stay)
    }

    func document(_ callback: String, _ stay: inout Stay) -> [Verb]? { audio.document(callback, &stay) }

    func hear(_ callback: Callback, _ stay: inout Stay) -> Progress? {
        guard [Self.events.name, Self.recordings.name].contains(callback.name) else { return nil }
        let event = PartyEvent(callback.parameters)
        let isOwn = !event.callUUID.isEmpty && event.callUUID == stay.call.uuid
        let told = Self.read(callback.parameters, isOwn: isOwn, &stay)
        keep(event, &stay)
        guard let kind = event.kind else {
            stay.note(.unknownRoomEvent, event.name)
            return nil
        }
        let named = told + [("EventName", event.name), ("EventTimestamp", event.time)]
        switch kind {
        case .join where isOwn:
            stay.heard(RoomWait.enter, "", named)
            RoomWait.note(\.enteredAt, &stay)
        case .exit where isOwn:
            stay.heard(RoomWait.exit, "", named)
            RoomWait.note(\.leftAt, &stay)
        case .recording: stay.heard(Recording.isTold.key, Recording(callback.parameters).word, named)
        case .digits: stay.heard(RoomWait.digits, event.digits, named)
        case .other: break
        default:
            if let word = Self.word(of: kind) { stay.heard(Self.happens, word, named) }
        }
        return nil
    }

    /// Keeps the event that happened last: Plivo's events come in any order.
    private func keep(_ event: PartyEvent, _ stay: inout Stay) {
        guard !event.name.isEmpty, !event.isBefore(stay.details["last_event_at"].rendered) else { return }
        stay.give("event", .text(event.name))
        if !event.time.isEmpty { stay.details = .object([.init("last_event_at", .text(event.time))]) }
    }

    /// Gives what Plivo says of the call, and of the caller where it is about no other participant.
    ///
    /// - Returns: the parameters that were read.
    private static func read(_ parameters: Parameters, isOwn: Bool, _ stay: inout Stay) -> [(String, String)] {
        let own = ["MemberID", "ParticipantJoinTime", "ParticipantEndTime", "ParticipantRole", "ParticipantCallUUID"]
        let told = (["MPCUUID"] + (isOwn ? own : ["ParticipantCallUUID"])).map { ($0, parameters.printable($0)) }
        for (name, text) in told where !text.isEmpty {
            if stay.describes(name) { stay.give(name, .text(text)) }
            if let other = sameValues[name] { stay.give(other, .text(text)) }
        }
        let recording = Recording(parameters)
        recording.give(&stay)
        return told + recording.parameters
    }

    private static let sameValues = ["MPCUUID": "conference_uuid", "MemberID": "member_id"]
}
