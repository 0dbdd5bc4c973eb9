/// The webhooks of a `<Conference>`: which there are, and how somebody plays them.
extension ConferenceBridge {
    /// What Plivo tells of members, keys and the recording.
    static let events = CallbackDescription("event", attribute: "callbackUrl", .nothing, isSigned: false)
    static let music = CallbackDescription("music", attribute: "waitSound", .document, isSigned: false)
    static let entering = CallbackDescription("entering", attribute: "enterSound", .document, isSigned: false)
    static let leaving = CallbackDescription("leaving", attribute: "exitSound", .document, isSigned: false)

    private static let memberParameters = ["ConferenceName", "ConferenceUUID", "ConferenceMemberID", "CallUUID"]

    private static func event(
        _ name: String,
        by action: String,
        _ summary: String,
        mark: [String] = [],
        saying more: [EventDescription.Parameter] = [],
        isTold: @escaping @Sendable (Parameters) -> Bool = { _ in true }
    ) -> EventDescription {
        EventDescription(
            name,
            by: events,
            mark: mark,
            saying: (["ConferenceAction"] + memberParameters).map { EventDescription.Parameter($0) } + more,
            summary,
            isTold: { $0.printable("ConferenceAction").lowercased() == action && isTold($0) }
        )
    }

    /// What side runs can begin by.
    static let told = [
        event("enter", by: "enter", "The caller comes into the room."),
        event("exit", by: "exit", "The caller goes out of the room."),
        event(
            "digits",
            by: "digits",
            "The caller presses keys of `digits_match`; the same keys, pressed again, count as a copy.",
            saying: [EventDescription.Parameter("ConferenceDigitsMatch", roles: .fromCaller)]
        ),
        event(
            "recording",
            by: "record",
            "The file of the recording is ready.",
            mark: ["RecordingID"],
            saying: Recording.parameterNames.map { EventDescription.Parameter($0) },
            isTold: { Recording($0).isReady }
        ),
        Transcription.isReadyEvent,
    ]

    private static let element = "Conference"
    static let transcribed = Transcription.isTold(of: element)

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
            saidBy: "ConferenceAction",
            summary,
            parameters
        )
    }

    /// Who is in which room.
    private static func member(_ played: PlayedWord) -> [(String, String)] {
        [
            ("ConferenceName", played.target), ("ConferenceUUID", "1edcce24-94a6-11e4-a29c-498d468c930b"),
            ("ConferenceMemberID", "4387"),
        ]
    }

    static let steps = [
        step(RoomWait.leave, outcome: RoomWait.completed, at: .attribute("action"), "the caller leaves the room") {
            member($0)
        },
        step(RoomWait.full, outcome: RoomWait.failed, at: .redirect, "the room is full or over") { _ in [] },
        step(RoomWait.enter, at: .attribute("callbackUrl"), "the caller comes into the room") {
            member($0) + [("ConferenceAction", "enter")]
        },
        step(RoomWait.exit, at: .attribute("callbackUrl"), "the caller goes out of the room") {
            member($0) + [("ConferenceAction", "exit")]
        },
        PlayStep(
            RoomWait.digits,
            .text(examples: [PlayWord("1", "the caller presses 1")]),
            element: element,
            at: .attribute("callbackUrl"),
            saidBy: "ConferenceDigitsMatch",
            "keys that the caller presses in the room"
        ) { member($0) + [("ConferenceAction", "digits"), ("ConferenceDigitsMatch", $0.word)] },
        PlayStep(
            Recording.isTold.key,
            .words([PlayWord("ready", "the file of the recording is ready, in the call or after it")]),
            element: element,
            at: .attribute("callbackUrl"),
            saidBy: "RecordingDuration",
            "what becomes of the recording"
        ) { member($0) + [("ConferenceAction", "record")] + Recording.sent($0) },
    ]
}

extension NoteKind {
    static let unknownRoomEvent = NoteKind("unknown-room-event", "Plivo told \"{node}\" of \"{0}\", which is unknown")
}
