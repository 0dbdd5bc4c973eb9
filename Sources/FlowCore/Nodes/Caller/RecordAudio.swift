/// Records a message, such as a voicemail, or the call from here on.
struct RecordAudio: Node {
    private static let mode = Field(
        "mode",
        .choice(["message", "session", "dial"]),
        roles: .records,
        default: "message",
        "`message`: what the caller says now; in the background `session`: the call from here on, `dial`: the call once a dial is answered."
    )
    private static let maxLength = Field(
        "max_length",
        .wholeNumber(2...86_400, unit: "seconds"),
        roles: .recordedSeconds,
        example: "120",
        "How long it may be: 120 where it is left out, and in the background 14400."
    )
    private static let silenceTimeout = Field(
        "silence_timeout",
        .wholeNumber(1...60, unit: "seconds"),
        default: "10",
        "How long a silence ends a message."
    )
    private static let finishKey = Field(
        "finish_key",
        .choice(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "#", "none"]),
        default: "#",
        "The key that ends a message: a digit, `*`, `#` or `none`."
    )
    private static let beep = Field("beep", .boolean, default: "true", "Whether a beep comes before a message.")
    private static let minLength = Field(
        "min_length",
        .wholeNumber(1...86_400, unit: "seconds"),
        default: "1",
        "A shorter message is `no_recording`."
    )
    private static let format = Field("format", .choice(["mp3", "wav"]), default: "mp3", "The format of the file.")
    private static let channels = Field(
        "channels",
        .choice(["stereo", "mono"]),
        default: "stereo",
        "In the background: a channel for each side, or one for both."
    )
    private static let transcribe = Field(
        "transcribe",
        .boolean,
        default: "false",
        "Whether Plivo transcribes the recording; English alone."
    )
    private static let loop = Field(
        "loop",
        .wholeNumber(1...100, unit: "times"),
        default: "1",
        "How often the prompt is heard."
    )

    static let description = NodeDescription(
        type: "record_audio",
        summary: "Records a message of the caller's, or the call from here on.",
        fields: [mode] + Prompts.fields + [
            loop, maxLength, silenceTimeout, finishKey, beep, minLength, format, channels, transcribe,
        ],
        outcomes: [recorded, nothing, started],
        values: [
            Recording.urlValue,
            Recording.idValue,
            ValueDescription("duration", .number, "How long it is, in seconds, where Plivo told."),
            ValueDescription("duration_ms", .number, "The same in milliseconds."),
            ValueDescription("start_ms", .number, "When it began: milliseconds since 1970."),
            ValueDescription("end_ms", .number, "When it ended: milliseconds since 1970."),
            ValueDescription("digits", .text, roles: .fromCaller, "The key that ended it."),
            ValueDescription("RecordUrl", .text, "The same as `record_url`."),
            ValueDescription("RecordingID", .text, "The same as `recording_id`."),
            ValueDescription("RecordingDuration", .number, "The same as `duration`."),
            ValueDescription("RecordingDurationMs", .number, "The same as `duration_ms`."),
            ValueDescription("RecordingStartMs", .number, "The same as `start_ms`."),
            ValueDescription("RecordingEndMs", .number, "The same as `end_ms`."),
            ValueDescription("Digits", .text, roles: .fromCaller, "The same as `digits`."),
            ValueDescription("status", .text, "The outcome: `recorded`, `no_recording` or `started`."),
        ],
        traits: .holdsCaller,
        callbacks: [Recording.callback, Transcription.callback],
        plays: messagePlays + [Transcription.isTold],
        events: [Recording.isReadyEvent, Transcription.isReadyEvent],
        notes: NoteKind.prompts + [.badRecordURL],
        otherNames: ["record", "voicemail", "recordvoicemail", "recordaudio", "recordcall"]
    )

    private static let recorded = Outcome("recorded", .good, "A message is recorded.")
    private static let nothing = Outcome("no_recording", .neutral, "Nothing was said, or less than `min_length`.")
    private static let started = Outcome(
        "started",
        .good,
        needsKeys: true,
        "With `mode` `session` or `dial`: the recording goes on in the background."
    )

    let outcomes: [Outcome]
    let plays: [PlayStep]
    private let mode: String
    private let prompts: Prompts
    private let length: Int
    private let silence: Int
    private let key: String
    private let beeps: Bool
    private let shortest: Int
    private let fileFormat: String
    private let channelType: String
    private let isTranscribed: Bool

    init(_ reader: FieldReader) {
        mode = reader.choice(Self.mode)
        prompts = Prompts(reader, loop: reader.wholeNumber(Self.loop), isRequired: false)
        let written = reader.wholeNumber(Self.maxLength)
        length = reader.value(Self.maxLength) == nil ? (mode == "message" ? 120 : 14_400) : written
        silence = reader.wholeNumber(Self.silenceTimeout)
        key = reader.choice(Self.finishKey)
        beeps = reader.boolean(Self.beep)
        shortest = reader.wholeNumber(Self.minLength)
        fileFormat = reader.choice(Self.format)
        channelType = reader.choice(Self.channels)
        isTranscribed = reader.boolean(Self.transcribe)
        outcomes = mode == "message" ? [Self.recorded, Self.nothing] : [Self.started, Self.nothing]
        plays =
            (mode == "message" ? Self.messagePlays : Self.backgroundPlays)
            + (isTranscribed ? [Transcription.isTold] : [])
    }

    var headline: String { prompts.headline }

    private var isMessage: Bool { mode == "message" }

    // MARK: Recording

    func enter(_ stay: inout Stay) -> Progress {
        stay.clearValues()
        guard !stay.call.isOver else { return .outcome(Self.nothing.name) }
        for verb in prompts.verbs(&stay) { stay.say(verb) }
        stay.say(.record(record(stay)))
        guard isMessage else { return .outcome(Self.started.name) }
        stay.say(.redirect(stay.link(Callback.none)))
        return .await(wait(stay))
    }

    private func record(_ stay: Stay) -> Record {
        let told = stay.link(Recording.callback.name)
        let extent: Record.Extent =
            switch mode {
            case "session": .session(channels: channelType)
            case "dial": .dial(channels: channelType)
            default: .message(Record.Message(timeout: silence, playBeep: beeps, finishOnKey: key))
            }
        return Record(
            extent,
            action: isMessage ? stay.link(Callback.action) : told,
            callback: told,
            fileFormat: fileFormat,
            maxLength: length,
            transcription: isTranscribed ? stay.link(Transcription.callback.name) : nil
        )
    }

    /// Waits for a message; in the background for the `<Redirect>` behind it, where a request had to wait for the caller.
    private func wait(_ stay: Stay) -> Wait {
        Wait(
            node: stay.node,
            for: .callback,
            until: stay.at + (isMessage ? length + silence : 0) + RunLimits.spokenSeconds,
            hangupGrace: isMessage ? RunLimits.recordingAfterHangupSeconds : 0
        )
    }

    func rebuilt(for callback: Callback, _ stay: inout Stay) -> Wait? { wait(stay) }

    // MARK: What Plivo tells

    func resume(_ signal: Signal, _ stay: inout Stay) -> Progress? {
        guard isMessage else { return passed(signal, &stay) }
        switch signal {
        case .callback(let callback):
            let told = callback.name == Callback.none ? nil : ended(callback.parameters, &stay)
            guard let told else {
                stay.heard(Self.silent.key)
                return .outcome(Self.nothing.name)
            }
            return .outcome(outcome(told))
        case .hungUp:
            stay.heardHangup()
            // The file may have been there before.
            return told(stay)
        case .timeIsUp:
            if stay.call.hangup == nil {
                _ = stay.heardCallerGo(signal)
            } else {
                stay.heardHangup()
            }
            return told(stay) ?? .outcome(Self.nothing.name)
        case .requestEnded: return nil
        }
    }

    /// A recording in the background goes on by itself: the call may end, and the run just goes on.
    private func passed(_ signal: Signal, _ stay: inout Stay) -> Progress? {
        if !stay.heardCallerGo(signal) {
            guard case .callback = signal else { return nil }
            stay.heard(Self.going.key)
        }
        return .outcome(Self.started.name)
    }

    /// Reads an action; nil for one that tells of no recording.
    private func ended(_ parameters: Parameters, _ stay: inout Stay) -> Recording? {
        let recording = Recording(parameters)
        recording.give(&stay)
        let digits = parameters.printable("Digits", atMost: 10)
        if !digits.isEmpty {
            stay.give("digits", .text(digits))
            stay.give("Digits", .text(digits))
        }
        guard !recording.url.isEmpty else { return nil }
        let seconds = recording.seconds.map { "\(Int($0.rounded(.down))) s" } ?? ""
        stay.heard(Self.leaves.key, seconds, recording.parameters + [("Digits", digits)])
        return recording
    }

    /// What a recording is to a message: long enough, or as long as nobody knows.
    private func outcome(_ recording: Recording) -> String {
        (recording.seconds ?? Double(shortest)) >= Double(shortest) ? Self.recorded.name : Self.nothing.name
    }

    /// The outcome of a message whose file is there; nil where Plivo has not told of it.
    private func told(_ stay: Stay) -> Progress? {
        guard stay.given(Recording.urlValue.name) != .missing else { return nil }
        let seconds = Double(stay.given("duration").rendered) ?? Double(shortest)
        return .outcome(seconds >= Double(shortest) ? Self.recorded.name : Self.nothing.name)
    }

    func hear(_ callback: Callback, _ stay: inout Stay) -> Progress? {
        guard callback.name == Recording.callback.name else {
            Transcription.keep(callback, &stay)
            return nil
        }
        let recording = Recording(callback.parameters)
        stay.heard(Recording.isTold.key, recording.word, recording.parameters)
        recording.give(&stay, isMeasured: isMessage || recording.isReady)
        guard isMessage, stay.isAwaited, stay.call.hangup != nil, !recording.url.isEmpty else { return nil }
        return .outcome(outcome(recording))
    }
}
