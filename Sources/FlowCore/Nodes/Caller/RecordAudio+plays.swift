/// How somebody plays a `<Record>`.
extension RecordAudio {
    private static let element = "Record"

    static let leaves = PlayStep(
        "record",
        .text(examples: [
            PlayWord("7 s", outcome: "recorded", "the caller leaves a message of 7 seconds")
        ]),
        element: element,
        at: .attribute("action"),
        saidBy: "RecordingDuration",
        "how long the message is that the caller leaves"
    ) { played in
        let digits = String(played.word.prefix { $0.isASCII && $0.isNumber })
        return Recording.sent(id: played.bLeg, seconds: digits) + [("Digits", "")]
    }

    static let silent = PlayStep(
        "silence",
        .nothing(PlayWord("silence", outcome: "no_recording", "the caller says nothing")),
        element: element,
        at: .redirect,
        saidBy: "Event",
        "the caller says nothing"
    ) { _ in [] }

    /// The `<Redirect>` behind a recording in the background, where a request had to wait for it.
    static let going = PlayStep(
        "heard",
        .nothing(PlayWord("heard", outcome: "started", "the recording goes on, and Plivo asks what follows")),
        element: "Redirect",
        at: .redirect,
        saidBy: "Event",
        "the recording goes on"
    ) { _ in [] }

    static let messagePlays = [leaves, silent, Recording.isTold]
    static let backgroundPlays = [going, Recording.isTold]
}
