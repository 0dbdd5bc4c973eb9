/// The webhooks of a `<Dial>`: which there are, what they note, and how somebody plays them.
extension CallForward {
    /// What Plivo tells of each leg.
    static let events = CallbackDescription("events", attribute: "callbackUrl", .nothing, isSigned: true)
    /// What the callee hears before pressing the key.
    static let confirm = CallbackDescription("confirm", attribute: "confirmSound", .document, isSigned: false)
    /// What the caller hears in place of ringing.
    static let music = CallbackDescription("music", attribute: "dialMusic", .document, isSigned: false)

    private static let legParameters = [
        "DialAction", "DialBLegUUID", "DialALegUUID", "DialBLegTo", "DialBLegFrom", "DialBLegStatus",
    ]
    private static let endParameters = ["DialBLegDuration", "DialBLegHangupCauseName", "DialBLegHangupCauseCode"]

    private static func legEvent(
        _ name: String,
        _ action: LegEvent.Action,
        saying more: [String] = [],
        _ summary: String
    ) -> EventDescription {
        EventDescription(
            name,
            by: events,
            saying: (legParameters + more).map { name in
                EventDescription.Parameter(
                    name,
                    roles: name.hasSuffix("To") || name.hasSuffix("From") ? .phoneNumber : []
                )
            },
            summary,
            isTold: { LegEvent($0)?.action == action }
        )
    }

    /// What side runs can begin by.
    static let told = [
        legEvent("answered", .answered, "A phone that rings is picked up."),
        legEvent("connected", .connected, "Caller and callee hear each other."),
        legEvent("ended", .hungUp, saying: endParameters, "A leg is over, answered or not."),
        Recording.isReadyEvent,
    ]

    static let dialEnds = PlayStep(
        "dial",
        .words([
            PlayWord("completed", outcome: "completed", "somebody answered, and one of the two hung up"),
            PlayWord("no_answer", outcome: "no_answer", "it rang, and nobody answered"),
            PlayWord("busy", outcome: "busy", "the line is busy"),
            PlayWord("rejected", outcome: "busy", isVariant: true, "the callee refuses the call"),
            PlayWord("failed", outcome: "failed", "nobody can be reached"),
            PlayWord("cancel", outcome: "no_answer", "the caller gives up while it rings"),
            PlayWord("timeout", outcome: "failed", isVariant: true, "the network gives no answer in time"),
        ]),
        element: "Dial",
        at: .attribute("action"),
        saidBy: "DialStatus",
        "how the dial ends"
    ) { played in
        let (status, rang, cause): (String, Bool, String) =
            switch played.word {
            case "completed": ("completed", true, "NORMAL_CLEARING")
            case "no_answer", "no-answer": ("no-answer", true, "NO_ANSWER")
            case "busy": ("busy", true, "USER_BUSY")
            case "rejected": ("busy", true, "CALL_REJECTED")
            case "cancel": ("cancel", true, "ORIGINATOR_CANCEL")
            case "timeout": ("timeout", true, "PROGRESS_TIMEOUT")
            case "failed": ("failed", false, "UNALLOCATED_NUMBER")
            default: (played.word, false, "")
            }
        return [
            ("DialStatus", status), ("DialRingStatus", rang ? "true" : "false"), ("DialHangupCause", cause),
            ("DialALegUUID", played.aLeg), ("DialBLegUUID", status == "completed" ? played.bLeg : ""),
        ]
    }

    static let legMoves = PlayStep(
        "leg",
        .words([
            PlayWord("answered", "the phone that rings is picked up"),
            PlayWord("connected", "caller and callee hear each other"),
            PlayWord("hangup", "the callee's leg is over"),
        ]),
        element: "Dial",
        at: .attribute("callbackUrl"),
        saidBy: "DialAction",
        "what becomes of the leg that rings"
    ) { played in
        [
            ("DialAction", played.word == "answered" ? "answer" : played.word),
            ("DialALegUUID", played.aLeg), ("DialBLegUUID", played.bLeg), ("DialBLegTo", played.target),
        ] + (played.word == "hangup" ? [("DialBLegDuration", "42")] : [])
    }
}

extension NoteKind {
    static let notDialled = NoteKind(
        "not-dialled",
        "\"{0}\" is neither a number nor a SIP URI: not dialled by \"{node}\""
    )
    static let needsCountry = NoteKind(
        "needs-country",
        "\"{0}\" has no \"+\", and the flow names no \"country\" that it could belong to: not dialled by \"{node}\""
    )
    static let notInCountry = NoteKind(
        "not-in-country",
        "\"{0}\" has no \"+\" and is no number of the flow's \"country\": not dialled by \"{node}\""
    )
    static let emptyTarget = NoteKind("empty-target", "\"{0}\" was empty: \"{node}\" dials nobody for it")
    static let extensionCut = NoteKind(
        "extension-cut",
        "the extension of \"{0}\" was left out by \"{node}\": \"send_digits\" sends one"
    )
    static let noCallerID = NoteKind("no-caller-id", "\"{0}\" is no number that \"{node}\" could show as caller ID")
    static let callerNeedsCountry = NoteKind(
        "caller-needs-country",
        "\"{0}\" has no \"+\", and the flow names no \"country\" that it could belong to: \"{node}\" shows no caller ID"
    )
    static let didNotAnswer = NoteKind("did-not-answer", "\"{0}\" did not answer: {1}")
    static let unknownStatus = NoteKind("unknown-status", "Plivo's DialStatus \"{0}\" is unknown")
    static let dialLimit = NoteKind("dial-limit", "more than {0} dials, at \"{node}\"")
}
