/// What menus and inputs share: the asking, again and again, and what Plivo says of it.
///
/// Plivo reports a key or a word to the element's action. Where nothing comes it goes on behind the element, to the
/// `<Redirect>`: silence is told apart for certain.
struct InputWait: Sendable {
    /// What came of one turn.
    enum Heard {
        case digits(String)
        case speech(String, confidence: String)
        case nothing
        case hangup
    }

    static let retrySpeak = Field("retry_speak", .text(), roles: .prompt, "What is spoken first when flowd asks again.")
    static let retryPlay = Field(
        "retry_play",
        .sound(),
        "The https URL of a sound that is played first when flowd asks again."
    )
    static let attempts = Field(
        "attempts",
        .wholeNumber(1...10, unit: "attempts"),
        default: "1",
        "How often flowd asks, whether nothing or something wrong comes."
    )

    let retry: Prompts
    let attempts: Int

    init(_ reader: FieldReader) {
        retry = Prompts(reader, speak: Self.retrySpeak, play: Self.retryPlay)
        attempts = reader.wholeNumber(Self.attempts)
    }

    static let press = PlayStep(
        "press",
        .text(examples: []),
        element: "GetDigits",
        at: .attribute("action"),
        saidBy: "Digits",
        "the keys that the caller presses"
    ) { [("Digits", $0.word), ("InputType", "dtmf")] }

    static let pressSpoken = PlayStep(
        "press",
        .text(examples: []),
        element: "GetInput",
        at: .attribute("action"),
        saidBy: "Digits",
        "the keys that the caller presses"
    ) { [("Digits", $0.word), ("InputType", "dtmf"), ("Speech", "")] }

    static let say = PlayStep(
        "say",
        .text(examples: []),
        element: "GetInput",
        at: .attribute("action"),
        saidBy: "Speech",
        "what the caller says"
    ) { [("Speech", $0.word), ("InputType", "speech"), ("Digits", ""), ("SpeechConfidenceScore", "0.9")] }

    static func silence(_ element: String) -> PlayStep {
        PlayStep(
            "silence",
            .nothing(PlayWord("silence", outcome: "no_input", "the caller does nothing")),
            element: element,
            at: .redirect,
            saidBy: "Event",
            "the caller does nothing"
        ) { _ in [] }
    }

    static let plays = [press, pressSpoken, say, silence("GetDigits"), silence("GetInput")]

    /// The steps of one node, with examples that fit it.
    static func plays(keys: [PlayWord], words: [PlayWord], isSpoken: Bool) -> [PlayStep] {
        guard isSpoken else { return [press.offering(keys), silence("GetDigits")] }
        let spoken = keys.isEmpty ? [] : [pressSpoken.offering(keys)]
        return spoken + [say.offering(words), silence("GetInput")]
    }

    /// The number of the attempt that is awaited, from 1.
    static func attempt(_ stay: Stay) -> Int { stay.state["attempt"].wholeNumber ?? 1 }

    /// Waits for the caller.
    ///
    /// - Parameter seconds: for which the element itself may take.
    static func wait(_ attempt: Int, seconds: Int, _ stay: Stay) -> Wait {
        Wait(
            node: stay.node,
            for: .callback,
            state: .object([.init("attempt", .number(String(attempt)))]),
            until: stay.at + seconds + RunLimits.spokenSeconds
        )
    }

    /// What a signal says; nil for one that says nothing.
    static func heard(_ signal: Signal, _ stay: inout Stay) -> Heard? {
        if stay.heardCallerGo(signal) { return .hangup }
        guard case .callback(let callback) = signal else { return nil }
        let heard = callback.name == Callback.none ? .nothing : Self.heard(callback.parameters)
        switch heard {
        case .digits(let digits): stay.heard(press.key, digits, [("Digits", digits)])
        case .speech(let speech, let confidence):
            stay.heard(say.key, speech, [("Speech", speech), ("SpeechConfidenceScore", confidence)])
        case .nothing, .hangup: stay.heard("silence")
        }
        return heard
    }

    private static func heard(_ parameters: Parameters) -> Heard {
        let digits = printable(parameters["Digits"] ?? "", atMost: 100)
        if !digits.isEmpty { return .digits(digits) }
        let speech = printable(parameters["Speech"] ?? "", atMost: 2_000)
        let confidence = printable(parameters["SpeechConfidenceScore"] ?? "", atMost: 20)
        return speech.isEmpty ? .nothing : .speech(speech, confidence: confidence)
    }

    /// A text from a caller: without control characters, and cut.
    private static func printable(_ text: String, atMost limit: Int) -> String {
        let kept = text.unicodeScalars.lazy.filter { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
        return String(String.UnicodeScalarView(kept.prefix(limit))).trimmed
    }

    /// The document of one turn: the element, and the way on where nothing comes.
    static func say(_ element: Verb, _ stay: inout Stay) {
        stay.say(element)
        stay.say(.redirect(stay.link(Callback.none)))
    }
}

extension PlayStep {
    /// The step with other examples.
    func offering(_ examples: [PlayWord]) -> PlayStep {
        PlayStep(key, .text(examples: examples), element: element, at: address, saidBy: parameter, summary, parameters)
    }
}
