/// What Plivo tells of a recording (voice/xml/record).
///
/// Of one in the background the action comes at once, with the URL that the file will have and durations of -1, in older
/// samples of 0; the callback comes when the file is ready, with the durations and without `Digits`. Everything comes from
/// outside: a URL that is none, and a duration that is no number, are as if they had not come.
struct Recording {
    /// Where both are told.
    static let callback = CallbackDescription("event", attribute: "callbackUrl", .nothing, isSigned: false)

    static let isReadyEvent = EventDescription(
        "recording",
        by: callback,
        mark: ["RecordingID"],
        saying: parameterNames.map { EventDescription.Parameter($0) },
        "The file of a recording is ready.",
        isTold: { Recording($0).isReady }
    )

    /// What Plivo says of a recording.
    static let parameterNames = [
        "RecordUrl", "RecordingID", "RecordingDuration", "RecordingDurationMs", "RecordingStartMs", "RecordingEndMs",
    ]

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
    ) { sent($0) }

    /// Plivo's parameters for a word of ``isTold``.
    static func sent(_ played: PlayedWord) -> [(String, String)] {
        let isReady = played.word != "started"
        return sent(id: played.bLeg, seconds: isReady ? "42" : "-1")
    }

    /// Plivo's parameters for a recording of so many seconds.
    static func sent(id: String, seconds: String) -> [(String, String)] {
        let isReady = seconds != "-1"
        return [
            ("RecordUrl", "https://media.plivo.com/v1/Account/MA0/Recording/\(id).mp3"), ("RecordingID", id),
            ("RecordingDuration", seconds), ("RecordingDurationMs", isReady ? seconds + "000" : "-1"),
            ("RecordingStartMs", isReady ? "1775648100000" : "-1"),
            ("RecordingEndMs", isReady ? "1775648142000" : "-1"),
        ]
    }

    /// An http or https URL; empty where none came.
    let url: String
    /// What came in its place.
    let badURL: String
    let id: String
    /// Seconds, -1 while the recording goes on; empty where Plivo does not say.
    let duration: String
    private let milliseconds: String
    /// When it began and ended: milliseconds since 1970.
    private let start: String
    private let end: String
    /// Whether the file is there.
    let isReady: Bool

    init(_ parameters: Parameters) {
        let text = parameters.printable("RecordUrl", atMost: Self.longestURL + 1)
        let isURL = Self.isURL(text)
        url = isURL ? text : ""
        badURL = isURL ? "" : text
        id = parameters.printable("RecordingID", atMost: 100)
        duration = Self.number("RecordingDuration", in: parameters)
        milliseconds = Self.number("RecordingDurationMs", in: parameters)
        start = Self.number("RecordingStartMs", in: parameters)
        end = Self.number("RecordingEndMs", in: parameters)
        let isThere = !url.isEmpty || !id.isEmpty
        let isAction = parameters["Digits"] != nil || end == "-1"
        isReady = isThere && !isAction && Self.isLength(duration, milliseconds)
    }

    /// Whether two durations are those of a file: one of them is above 0, or Plivo says none.
    private static func isLength(_ seconds: String, _ milliseconds: String) -> Bool {
        let known = [seconds, milliseconds].compactMap { Double($0) }
        return known.isEmpty || known.contains { $0 > 0 }
    }

    /// Seconds; nil where Plivo does not say how long it is, or not yet.
    var seconds: Double? { Double(duration).flatMap { $0 < 0 ? nil : $0 } }

    /// The step's word, and what was read.
    var word: String { isReady ? "ready" : "started" }
    var parameters: [(String, String)] {
        [
            ("RecordUrl", url), ("RecordingID", id), ("RecordingDuration", duration),
            ("RecordingDurationMs", milliseconds), ("RecordingStartMs", start), ("RecordingEndMs", end),
        ]
    }

    /// Gives those of the values that the node has, under flowd's names and Plivo's.
    ///
    /// What Plivo does not say, or not yet, leaves what is known already.
    ///
    /// - Parameter isMeasured: whether the durations are those of the file.
    func give(_ stay: inout Stay, isMeasured: Bool = true) {
        if !badURL.isEmpty { stay.note(.badRecordURL, badURL) }
        for (name, text) in [
            (Self.urlValue.name, url), ("RecordUrl", url), (Self.idValue.name, id), ("RecordingID", id),
        ] {
            if !text.isEmpty, stay.describes(name) { stay.give(name, .text(text)) }
        }
        guard isMeasured else { return }
        let numbers = [
            ("duration_ms", "RecordingDurationMs", milliseconds), ("start_ms", "RecordingStartMs", start),
            ("end_ms", "RecordingEndMs", end),
        ]
        for (own, plivo, number) in numbers where !number.hasPrefix("-") {
            give(number, as: [own, plivo], &stay)
        }
        // A room has a duration of its own: how long the caller was in it.
        if seconds != nil, stay.describes("RecordingDuration") {
            give(duration, as: ["duration", "RecordingDuration"], &stay)
        }
    }

    private func give(_ number: String, as names: [String], _ stay: inout Stay) {
        guard !number.isEmpty else { return }
        for name in names where stay.describes(name) { stay.give(name, .number(number)) }
    }

    /// Characters of a URL that is kept.
    private static let longestURL = 2_000

    /// Whether it is an http or https URL with a host, in the characters of RFC 3986 (section 2).
    private static func isURL(_ text: String) -> Bool {
        let lower = text.lowercased()
        guard let scheme = ["https://", "http://"].first(where: lower.hasPrefix), text.utf8.count <= longestURL,
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"<>\"\\^`{|}".utf8.contains($0) })
        else { return false }
        let authority = text.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        return host.first.map { $0 != ":" } ?? false
    }

    /// Digits, with a part behind a point and a minus in front of them where there are; empty for anything else.
    private static func number(_ name: String, in parameters: Parameters) -> String {
        let text = parameters.printable(name, atMost: 21)
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 20, (1...2).contains(parts.count),
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return "" }
        return text
    }

    static let urlValue = ValueDescription("record_url", .text, "Where the recording is, as soon as Plivo tells it.")
    static let idValue = ValueDescription("recording_id", .text, "Plivo's name for the recording.")
}

extension NoteKind {
    static let badRecordURL = NoteKind("bad-record-url", "Plivo's RecordUrl \"{0}\" is no URL: dropped by \"{node}\"")
}
