/// What Plivo tells of the words in a recording (voice/xml/record): minutes after the file, in lower-case parameters.
enum Transcription {
    static let callback = CallbackDescription(
        "transcription",
        attribute: "transcriptionUrl",
        .nothing,
        isSigned: false
    )

    static let isReadyEvent = EventDescription(
        "transcription",
        by: callback,
        saying: [
            EventDescription.Parameter("transcription", roles: [.fromCaller, .freeText, .message]),
            EventDescription.Parameter("error"), EventDescription.Parameter("duration"),
            EventDescription.Parameter("recording_id"), EventDescription.Parameter("call_uuid"),
            EventDescription.Parameter("transcription_charge"), EventDescription.Parameter("transcription_rate"),
        ],
        "What was said is there as a text, or why it is not."
    )

    /// Keeps what was told, for whoever plays the call again; cut, where it is a long one.
    static func keep(_ callback: Callback, _ stay: inout Stay) {
        let text = callback.parameters.printable("transcription", atMost: characters)
        let names = ["error", "duration", "recording_id", "call_uuid"]
        let told = [("transcription", text)] + names.map { ($0, callback.parameters.printable($0)) }
        stay.heard(isTold.key, text, told)
    }

    /// Characters of a text that are kept.
    private static let characters = 2_000

    /// As it is played, for a `<Record>`.
    static let isTold = isTold(of: "Record")

    static func isTold(of element: String) -> PlayStep {
        PlayStep(
            "transcription",
            .text(examples: [PlayWord("Please call me back.", "the words of the recording")]),
            element: element,
            at: .attribute("transcriptionUrl"),
            saidBy: "transcription",
            "what Plivo understood of the recording"
        ) { played in
            [
                ("transcription", played.word), ("duration", "42"), ("call_uuid", played.aLeg),
                ("recording_id", played.bLeg), ("error", ""),
            ]
        }
    }
}
