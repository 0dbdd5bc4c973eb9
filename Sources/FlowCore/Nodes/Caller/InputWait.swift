/// What menus and inputs share: the asking, again and again, and what Plivo says of it.
///
/// Plivo reports a key or a word to the element's action. Where nothing comes it goes on behind the element, to the
/// `<Redirect>`: silence is told apart for certain.
struct InputWait: Sendable {
    /// What came of one turn.
    struct Heard {
        enum Kind {
            case digits, speech, nothing, hangup
        }

        let kind: Kind
        /// The digits or the words.
        let text: String
        /// How sure Plivo is of the words; empty where it does not say.
        var confidence = ""
        /// What Plivo bills for the words; empty where it does not say.
        var billed = ""

        init(_ kind: Kind, _ text: String = "") {
            self.kind = kind
            self.text = text
        }
    }

    static let retrySpeak = Field("retry_speak", .text(), roles: .prompt, "What is spoken first when flowd asks again.")
    static let retryPlay = Field(
        "retry_play",
        .sound(),
        roles: .sound,
        "The https URL of a sound that is played first when flowd asks again."
    )
    static let attempts = Field(
        "attempts",
        .wholeNumber(1...10, unit: "attempts"),
        default: "1",
        "How often flowd asks, whether nothing or something wrong comes."
    )

    /// What every node gives of what the caller entered.
    static let values = [
        ValueDescription("digits", .text, roles: [.fromCaller, .entered], "What was pressed."),
        ValueDescription("speech", .text, roles: [.fromCaller, .entered], "What was said."),
        ValueDescription("confidence", .number, "How sure Plivo is of the speech, 0.0 to 1.0."),
        ValueDescription("attempts", .number, "How often flowd asked."),
        ValueDescription("Digits", .text, roles: [.fromCaller, .entered], "What was pressed, as Plivo says it."),
        ValueDescription("Speech", .text, roles: [.fromCaller, .entered], "What was said, as Plivo says it."),
        ValueDescription("InputType", .text, "`dtmf` or `speech`."),
    ]

    /// Characters of a speech that are kept.
    private static let characters = 2_000
    /// What a test case says for something that Plivo hears badly.
    static let unclear = "mumble"

    /// How sure Plivo is of what a test case says.
    static func confidence(of speech: String) -> String { speech == unclear ? "0.0" : "0.9" }

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
    ) {
        [
            ("Speech", $0.word), ("InputType", "speech"), ("Digits", ""),
            ("SpeechConfidenceScore", confidence(of: $0.word)),
        ]
    }

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
    ///
    /// - Parameters:
    ///   - keys: nil where the caller can press none.
    ///   - words: nil where the caller cannot speak.
    static func plays(keys: [PlayWord]?, words: [PlayWord]?) -> [PlayStep] {
        guard let words else { return [press.offering(keys ?? []), silence("GetDigits")] }
        return (keys.map { [pressSpoken.offering($0)] } ?? []) + [say.offering(words), silence("GetInput")]
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

    /// Begins an attempt: what an earlier one gave is no answer to it.
    func begin(_ attempt: Int, _ stay: inout Stay) {
        stay.clearValues()
        stay.give("attempts", .number(String(attempt)))
    }

    /// What a signal says; nil for one that says nothing.
    ///
    /// - Parameter isSensitive: the record keeps nothing of what was entered; the node says which outcome it had.
    static func heard(_ signal: Signal, isSensitive: Bool = false, _ stay: inout Stay) -> Heard? {
        if stay.heardCallerGo(signal) { return Heard(.hangup) }
        guard case .callback(let callback) = signal else { return nil }
        let heard = callback.name == Callback.none ? Heard(.nothing) : heard(callback.parameters, &stay)
        switch heard.kind {
        case .digits where !isSensitive: stay.heard(press.key, heard.text, [("Digits", heard.text)])
        case .speech where !isSensitive:
            let told = [("Speech", heard.text), ("SpeechConfidenceScore", heard.confidence)]
            stay.heard(say.key, heard.text, told)
        case .digits, .speech, .hangup: break
        case .nothing: stay.heard("silence")
        }
        return heard
    }

    /// What was said where Plivo says that it heard words, else what was pressed.
    private static func heard(_ parameters: Parameters, _ stay: inout Stay) -> Heard {
        let digits = printable(parameters["Digits"] ?? "", atMost: 100)
        let said = parameters["Speech"] ?? ""
        let speech = printable(said, atMost: characters)
        guard !speech.isEmpty, digits.isEmpty || parameters["InputType"] == "speech" else {
            return digits.isEmpty ? Heard(.nothing) : Heard(.digits, digits)
        }
        // A printable scalar has no more bytes than its text; only a long one is counted.
        if said.utf8.count > characters, printable(said, atMost: .max).unicodeScalars.count > characters {
            stay.note(.longSpeech, "\(characters)")
        }
        var heard = Heard(.speech, speech)
        heard.confidence = printable(parameters["SpeechConfidenceScore"] ?? "", atMost: 20)
        heard.billed = printable(parameters["BilledAmount"] ?? "", atMost: 20)
        return heard
    }

    /// Gives what was entered.
    ///
    /// - Parameters:
    ///   - value: what was entered, as the node judged it.
    ///   - said: the same, as Plivo said it.
    static func give(_ heard: Heard, _ value: Datum, said: Datum, _ stay: inout Stay) {
        switch heard.kind {
        case .digits:
            stay.give("digits", value)
            stay.give("Digits", said)
            stay.give("InputType", .text("dtmf"))
        case .speech:
            stay.give("speech", value)
            stay.give("Speech", said)
            stay.give("InputType", .text("speech"))
            if case .number? = Datum(json: Array(heard.confidence.utf8)) {
                stay.give("confidence", .number(heard.confidence))
            }
        case .nothing, .hangup: break
        }
    }

    /// What a run is waiting for that begins anew with the caller's answer: the first attempt.
    func rebuilt(_ stay: inout Stay) -> Wait {
        begin(1, &stay)
        return Self.wait(1, seconds: 0, stay)
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

extension NoteKind {
    static let longSpeech = NoteKind("long-speech", "what the caller said at \"{node}\" was cut after {0} characters")
    static let input = [longSpeech]
}

extension PlayStep {
    /// The step with other examples.
    func offering(_ examples: [PlayWord]) -> PlayStep {
        PlayStep(key, .text(examples: examples), element: element, at: address, saidBy: parameter, summary, parameters)
    }
}
