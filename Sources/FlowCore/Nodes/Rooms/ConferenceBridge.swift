/// Lets the caller into a room with others.
struct ConferenceBridge: Node {
    private static let room = Field(
        "room",
        .text(),
        roles: .room,
        isRequired: true,
        example: "support",
        "The room's name, which all flows of the Plivo account share; all but ASCII letters, digits, `-` and `_` becomes `_`, and 100 characters are kept."
    )
    private static let muted = Field(
        "muted",
        .boolean,
        default: "false",
        "Whether the others do not hear the caller."
    )
    private static let startOnEnter = Field(
        "start_on_enter",
        .boolean,
        default: "true",
        "Whether the conference starts as this caller comes in; before that callers wait with music."
    )
    private static let endOnExit = Field(
        "end_on_exit",
        .boolean,
        default: "false",
        "Whether the conference ends for all as this caller leaves."
    )
    private static let stayAlone = Field(
        "stay_alone",
        .boolean,
        default: "true",
        "Whether the caller may be in the room alone."
    )
    private static let hangupOnStar = Field(
        "hangup_on_star",
        .boolean,
        default: "false",
        "Whether the caller leaves the room with `*`."
    )
    private static let maxMembers = Field(
        "max_members",
        .wholeNumber(1...20, unit: "members"),
        default: "20",
        "How many callers the room takes."
    )
    private static let timeLimit = Field(
        "time_limit",
        .wholeNumber(1...86_400, unit: "seconds"),
        roles: .timeLimit,
        default: "14400",
        "How long the caller may stay."
    )
    private static let digitsMatch = Field(
        "digits_match",
        .text(),
        example: "1,22",
        "Keys that Plivo reports as the event `digits`, comma-separated."
    )
    private static let sounds = ["none", "beep:1", "beep:2"]
    private static let enterSound = Field(
        "enter_sound",
        .sound(words: sounds),
        default: "none",
        "What all hear as somebody comes in: `none`, `beep:1`, `beep:2`, the URL of a Plivo XML document, or of an mp3 or wav file."
    )
    private static let exitSound = Field(
        "exit_sound",
        .sound(words: sounds),
        default: "none",
        "What all hear as somebody leaves; the same as `enter_sound` takes."
    )
    private static let waitMusic = Field(
        "wait_music",
        .sound(),
        example: "https://example.com/hold.mp3",
        "What a caller hears until the conference starts: the URL of a Plivo XML document, or of an mp3 or wav file."
    )
    private static let record = Field(
        "record",
        .boolean,
        roles: .records,
        default: "false",
        "Whether the conference is recorded."
    )
    private static let recordFormat = Field(
        "record_format",
        .choice(["mp3", "wav"]),
        default: "mp3",
        "The format of the recording."
    )
    private static let transcribe = Field(
        "transcribe",
        .boolean,
        default: "false",
        "Whether Plivo transcribes the recording; English alone."
    )

    static let description = NodeDescription(
        type: "conference_bridge",
        summary: "Lets the caller into a room with others, and goes on as the caller leaves.",
        fields: [
            room, muted, startOnEnter, endOnExit, stayAlone, hangupOnStar, maxMembers, timeLimit, digitsMatch,
            enterSound, exitSound, waitMusic, record, recordFormat, transcribe,
        ],
        outcomes: RoomWait.outcomes,
        values: [
            ValueDescription("conference_name", .text, "The room's name."),
            ValueDescription("conference_uuid", .text, "Plivo's name for the conference."),
            ValueDescription("member_id", .text, "The caller's number in the conference."),
            Recording.urlValue,
            Recording.idValue,
            ValueDescription("duration", .number, "Whole seconds that the caller was in the room, where Plivo told."),
            ValueDescription("ConferenceName", .text, "The room's name, as Plivo says it."),
            ValueDescription("ConferenceUUID", .text, "The same as `conference_uuid`."),
            ValueDescription("ConferenceMemberID", .text, "The same as `member_id`."),
            ValueDescription("RecordUrl", .text, "The same as `record_url`."),
            ValueDescription("RecordingID", .text, "The same as `recording_id`."),
            ValueDescription("status", .text, "The outcome: `completed` or `failed`."),
        ],
        traits: .holdsCaller,
        callbacks: [events, Transcription.callback, music, entering, leaving],
        plays: steps + [transcribed],
        events: told,
        notes: [.noRoomName, .noRoomSound, .noDigitPattern, .badRecordURL, .unknownRoomEvent],
        otherNames: ["conference", "conferenceroom", "joinconference", "room"]
    )

    let plays: [PlayStep]
    private let name: Template?
    private let isMuted: Bool
    private let startsOnEnter: Bool
    private let endsOnExit: Bool
    private let mayStayAlone: Bool
    private let endsOnStar: Bool
    private let memberLimit: Int
    private let seconds: Int
    private let digits: DigitPatterns
    private let enterAudio: RoomAudio
    private let exitAudio: RoomAudio
    private let waitAudio: RoomAudio
    private let isRecorded: Bool
    private let format: String
    private let isTranscribed: Bool

    init(_ reader: FieldReader) {
        name = reader.template(Self.room)
        isMuted = reader.boolean(Self.muted)
        startsOnEnter = reader.boolean(Self.startOnEnter)
        endsOnExit = reader.boolean(Self.endOnExit)
        mayStayAlone = reader.boolean(Self.stayAlone)
        endsOnStar = reader.boolean(Self.hangupOnStar)
        memberLimit = reader.wholeNumber(Self.maxMembers)
        seconds = reader.wholeNumber(Self.timeLimit)
        digits = DigitPatterns(reader, Self.digitsMatch)
        enterAudio = RoomAudio(reader, Self.enterSound, at: Self.entering)
        exitAudio = RoomAudio(reader, Self.exitSound, at: Self.leaving)
        waitAudio = RoomAudio(reader, Self.waitMusic, at: Self.music)
        isRecorded = reader.boolean(Self.record)
        format = reader.choice(Self.recordFormat)
        isTranscribed = reader.boolean(Self.transcribe)
        plays = Self.steps + (isTranscribed ? [Self.transcribed] : [])
    }

    var headline: String { name?.written ?? "" }

    func enter(_ stay: inout Stay) -> Progress {
        stay.clearValues()
        guard !stay.call.isOver else { return .outcome(RoomWait.failed) }
        let room = RoomName.clean(name.map { stay.text($0) } ?? "")
        guard !room.isEmpty else {
            stay.note(.noRoomName)
            return .outcome(RoomWait.failed)
        }
        let conference = Conference(
            room: room,
            action: stay.link(Callback.action),
            muted: isMuted,
            startOnEnter: startsOnEnter,
            endOnExit: endsOnExit,
            stayAlone: mayStayAlone,
            maxMembers: memberLimit,
            timeLimit: seconds,
            hangupOnStar: endsOnStar,
            digitsMatch: digits.told(&stay),
            enterSound: Self.heard(enterAudio.told(&stay)),
            exitSound: Self.heard(exitAudio.told(&stay)),
            waitSound: waitAudio.told(&stay),
            record: isRecorded,
            recordFormat: format,
            transcription: isTranscribed ? stay.link(Transcription.callback.name) : nil,
            callback: stay.link(Self.events.name)
        )
        stay.say(.conference(conference))
        stay.say(.redirect(stay.link(Callback.none)))
        return .await(RoomWait.wait(seconds: seconds, stay))
    }

    /// Plivo knows no word for silence here: the attribute is left out.
    private static func heard(_ sound: RoomSound?) -> RoomSound? { sound == .word("none") ? nil : sound }

    // MARK: What Plivo tells

    func resume(_ signal: Signal, _ stay: inout Stay) -> Progress? {
        let outcome = RoomWait.outcome(signal, &stay) { parameters, stay in
            guard !parameters.printable("ConferenceUUID").isEmpty else { return nil }
            return Self.read(parameters, &stay)
        }
        return outcome.map { .outcome($0) }
    }

    func rebuilt(for callback: Callback, _ stay: inout Stay) -> Wait? { RoomWait.wait(seconds: seconds, stay) }

    func document(_ callback: String, _ stay: inout Stay) -> [Verb]? {
        [enterAudio, exitAudio, waitAudio].first { $0.callback.name == callback }?.document(&stay)
    }

    func hear(_ callback: Callback, _ stay: inout Stay) -> Progress? {
        guard callback.name == Self.events.name else {
            Transcription.keep(callback, &stay)
            return nil
        }
        let (parameters, action) = (callback.parameters, callback.parameters.printable("ConferenceAction"))
        let told = Self.read(parameters, &stay) + [("ConferenceAction", action)]
        switch action.lowercased() {
        case "enter":
            stay.heard(RoomWait.enter, "", told)
            RoomWait.note(\.enteredAt, &stay)
        case "exit":
            stay.heard(RoomWait.exit, "", told)
            RoomWait.note(\.leftAt, &stay)
        case "digits":
            let keys = parameters.printable("ConferenceDigitsMatch")
            stay.heard(RoomWait.digits, keys, told + [("ConferenceDigitsMatch", keys)])
        case "record": stay.heard(Recording.isTold.key, Recording(parameters).word, told)
        case "floor": break
        default: stay.note(.unknownRoomEvent, action)
        }
        return nil
    }

    /// Gives what Plivo says of the conference, and of the caller where it is about no other member.
    ///
    /// - Returns: the parameters that were read.
    private static func read(_ parameters: Parameters, _ stay: inout Stay) -> [(String, String)] {
        let call = parameters.printable("CallUUID")
        let names = ["ConferenceName", "ConferenceUUID"]
        let own = call.isEmpty || call == stay.call.uuid ? ["ConferenceMemberID"] : []
        let told = (names + own).map { ($0, parameters.printable($0)) }
        for (name, text) in told where !text.isEmpty {
            stay.give(name, .text(text))
            if let other = sameValues[name] { stay.give(other, .text(text)) }
        }
        let recording = Recording(parameters)
        recording.give(&stay)
        return told + recording.parameters
    }

    private static let sameValues = [
        "ConferenceName": "conference_name", "ConferenceUUID": "conference_uuid", "ConferenceMemberID": "member_id",
    ]
}
