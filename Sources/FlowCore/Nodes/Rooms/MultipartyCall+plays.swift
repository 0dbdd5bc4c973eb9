/// The webhooks of a `<MultiPartyCall>`: which there are, and how somebody plays them.
extension MultipartyCall {
    /// What Plivo tells of the call and its participants.
    static let events = CallbackDescription("event", attribute: "statusCallbackUrl", .nothing, isSigned: false)
    static let recordings = CallbackDescription(
        "recording",
        attribute: "recordingCallbackUrl",
        .nothing,
        isSigned: false
    )

    private static let participantParameters = [
        "EventName", "EventTimestamp", "MPCUUID", "MPCName", "MemberID", "ParticipantRole", "ParticipantCallUUID",
    ]

    private static func event(
        _ kind: PartyEvent.Kind,
        _ summary: String,
        saying more: [String] = []
    ) -> EventDescription {
        EventDescription(
            kind.rawValue,
            by: events,
            mark: ["EventTimestamp", "MemberID"],
            saying: participantParameters.map { EventDescription.Parameter($0) }
                + more.map { EventDescription.Parameter($0, roles: .fromCaller) },
            summary,
            isTold: { PartyEvent($0).kind == kind }
        )
    }

    /// What side runs can begin by.
    static let told = [
        event(.start, "The call has started."),
        event(.end, "The call has ended for all."),
        event(.join, "A participant comes in, the caller or another."),
        event(.exit, "A participant leaves."),
        event(.mute, "A participant is muted."),
        event(.unmute, "A participant is heard again."),
        event(.hold, "A participant is put on hold."),
        event(.unhold, "A participant is taken off hold."),
        event(.digits, "A participant presses keys.", saying: PartyEvent.digitNames),
        event(.speakStart, "A participant begins to speak."),
        event(.speakStop, "A participant stops speaking."),
        EventDescription(
            "recording",
            by: recordings,
            mark: ["RecordingID"],
            saying: (["EventName", "EventTimestamp", "MPCUUID", "MPCName"] + Recording.parameterNames)
                .map { EventDescription.Parameter($0) },
            "The file of the recording is ready.",
            isTold: { PartyEvent($0).kind == .recording && Recording($0).isReady }
        ),
    ]

    /// The key of a step that names an event by a word.
    static let happens = "event"

    private static let element = "MultiPartyCall"
    private static let mpc = [("MPCUUID", "18905d56-79c8-41d4-a840-25feff71070e")]

    /// The caller as a participant.
    private static func participant(_ played: PlayedWord) -> [(String, String)] {
        mpc + [("MemberID", "49"), ("ParticipantRole", "customer"), ("ParticipantCallUUID", played.aLeg)]
    }

    private static func step(
        _ key: String,
        outcome: String? = nil,
        at address: PlayStep.Address,
        _ summary: String,
        _ parameters: @escaping @Sendable (PlayedWord) -> [(String, String)]
    ) -> PlayStep {
        PlayStep(
            key,
            .nothing(PlayWord(key, outcome: outcome, summary)),
            element: element,
            at: address,
            saidBy: "EventName",
            summary,
            parameters
        )
    }

    private static let words: [(kind: PartyEvent.Kind, word: String, name: String, summary: String)] = [
        (.start, "started", "MPCStart", "the call has started"),
        (.end, "ended", "MPCEnd", "the call has ended for all"),
        (.join, "joined", "ParticipantJoin", "somebody else comes in"),
        (.exit, "exited", "ParticipantExit", "somebody else leaves"),
        (.mute, "muted", "ParticipantMute", "a participant is muted"),
        (.unmute, "unmuted", "ParticipantUnmute", "a participant is heard again"),
        (.hold, "held", "ParticipantHold", "a participant is put on hold"),
        (.unhold, "unheld", "ParticipantUnhold", "a participant is taken off hold"),
        (.speakStart, "speaking", "ParticipantSpeakStart", "a participant begins to speak"),
        (.speakStop, "silent", "ParticipantSpeakStop", "a participant stops speaking"),
    ]

    /// The word by which a played call names a kind of event.
    static func word(of kind: PartyEvent.Kind) -> String? { words.first { $0.kind == kind }?.word }

    static let plays = [
        step(RoomWait.leave, outcome: RoomWait.completed, at: .attribute("onExitActionUrl"), "the caller leaves") {
            participant($0)
        },
        step(RoomWait.full, outcome: RoomWait.failed, at: .redirect, "the call is full or over") { _ in [] },
        step(RoomWait.enter, at: .attribute("statusCallbackUrl"), "the caller comes in") {
            participant($0) + [("EventName", "ParticipantJoin")]
        },
        step(RoomWait.exit, at: .attribute("statusCallbackUrl"), "the caller goes out") {
            participant($0) + [("EventName", "ParticipantExit")]
        },
        PlayStep(
            happens,
            .words(words.map { PlayWord($0.word, $0.summary) }),
            element: element,
            at: .attribute("statusCallbackUrl"),
            saidBy: "EventName",
            "what becomes of the call and the others in it"
        ) { played in
            let name = words.first { $0.word == played.word }?.name ?? played.word
            return mpc + [("EventName", name), ("MemberID", "50"), ("ParticipantCallUUID", played.bLeg)]
        },
        PlayStep(
            RoomWait.digits,
            .text(examples: [PlayWord("1", "the caller presses 1")]),
            element: element,
            at: .attribute("statusCallbackUrl"),
            saidBy: "ParticipantDigits",
            "keys that the caller presses in the call"
        ) { participant($0) + [("EventName", "ParticipantDigitInput"), ("ParticipantDigits", $0.word)] },
        PlayStep(
            Recording.isTold.key,
            .words([PlayWord("ready", "the file of the recording is ready, in the call or after it")]),
            element: element,
            at: .attribute("recordingCallbackUrl"),
            saidBy: "RecordingDuration",
            "what becomes of the recording"
        ) { mpc + [("EventName", "MPCRecordingCompleted")] + Recording.sent($0) },
    ]
}
