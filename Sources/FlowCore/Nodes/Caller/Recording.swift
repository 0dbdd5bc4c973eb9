/// What Plivo tells of a recording (voice/xml/record).
///
/// Of one in the background the action comes at once, with durations of -1 and the URL that the file will have; the
/// callback comes when the file is ready.
struct Recording {
    /// Where both are told.
    static let callback = CallbackDescription("event", attribute: "callbackUrl", .nothing, isSigned: false)

    static let isReadyEvent = EventDescription(
        "recording",
        by: callback,
        mark: ["RecordingID"],
        saying: [
            "RecordUrl", "RecordingID", "RecordingDuration", "RecordingDurationMs", "RecordingStartMs",
            "RecordingEndMs",
        ].map { EventDescription.Parameter($0) },
        "The file of a recording is ready.",
        isTold: { Recording($0).isReady }
    )

    /// As it is played: of one in the background, whatever its element is behind.
    static let isTold = PlayStep(
        "recording",
        .words([
            PlayWord("started", "recording begins, and its URL is known"),
            PlayWord("ready", "the file is ready, in the call or after it"),
        ]),
        element: "Record",
        at: .attribute("callbackUrl"),
        saidBy: "RecordingDuration",
        "what becomes of the recording"
    ) { played in
        let id = played.bLeg
        let isReady = played.word != "started"
        return [
            ("RecordUrl", "https://media.plivo.com/v1/Account/MA0/Recording/\(id).mp3"), ("RecordingID", id),
            ("RecordingDuration", isReady ? "42" : "-1"), ("RecordingDurationMs", isReady ? "42000" : "-1"),
            ("RecordingStartMs", isReady ? "1775648100000" : "-1"),
            ("RecordingEndMs", isReady ? "1775648142000" : "-1"),
        ]
    }

    /// An http or https URL; empty where none came.
    let url: String
    /// What came in its place.
    let badURL: String
    let id: String
    /// Whether the file is there.
    let isReady: Bool
    private let duration: String

    init(_ parameters: Parameters) {
        let url = parameters["RecordUrl"] ?? ""
        let isURL = ["https://", "http://"].contains { url.lowercased().hasPrefix($0) }
        self.url = isURL ? url.cut(toBytes: Self.bytes) : ""
        badURL = isURL ? "" : url
        id = (parameters["RecordingID"] ?? "").cut(toBytes: Self.bytes)
        duration = parameters["RecordingDuration"] ?? ""
        let isThere = !url.isEmpty || !id.isEmpty
        isReady = isThere && duration != "-1" && parameters["RecordingDurationMs"] != "-1"
    }

    /// The step's word, and what was read.
    var word: String { isReady ? "ready" : "started" }
    var parameters: [(String, String)] {
        [("RecordUrl", url), ("RecordingID", id), ("RecordingDuration", duration)]
    }

    /// Bytes that are kept of a URL or an id.
    private static let bytes = 2_000

    static let urlValue = ValueDescription("record_url", .text, "Where the recording is, as soon as Plivo tells it.")
    static let idValue = ValueDescription("recording_id", .text, "Plivo's name for the recording.")
}

extension NoteKind {
    static let badRecordURL = NoteKind("bad-record-url", "Plivo's RecordUrl \"{0}\" is no URL: dropped by \"{node}\"")
}
