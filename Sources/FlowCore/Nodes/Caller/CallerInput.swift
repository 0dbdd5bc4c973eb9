import FlowDocument

/// Takes digits or words from the caller.
struct CallerInput: Node {
    private static let input = Field(
        "input",
        .choice(["digits", "speech", "both"]),
        default: "digits",
        example: "both",
        "What the caller can do: press keys, speak, or whichever comes first."
    )
    private static let finishKey = Field(
        "finish_key",
        .choice((0...9).map(String.init) + ["*", "#", "none"]),
        default: "#",
        "The key that ends the input, which is no part of the digits."
    )
    private static let matches = Field(
        "matches",
        .literal,
        example: "'[1-9][0-9]{3}'",
        "A pattern (PCRE2) for the whole input, without look-around and back-references; any other input is invalid."
    )
    private static let beep = Field(
        "beep",
        .boolean,
        default: "false",
        "Whether a beep comes behind the prompt; for digits alone."
    )
    private static let sensitive = Field(
        "sensitive",
        .boolean,
        roles: .sensitive,
        default: "false",
        "Whether the input is shown to nobody and forgotten with the run: PINs, card numbers."
    )

    static let description = NodeDescription(
        type: "get_input",
        summary: "Takes digits or words from the caller.",
        fields: [input] + Prompts.fields + InputLimits.fields + [finishKey, matches]
            + [InputWait.attempts, InputWait.retrySpeak, InputWait.retryPlay, beep, sensitive] + Recognition.fields,
        outcomes: [
            Outcome("input", .good, "The caller entered something valid."),
            Outcome("no_input", .neutral, "The caller did nothing, at the last attempt."),
            Outcome("invalid_input", .bad, "The caller entered something else, at the last attempt."),
            Outcome("hangup", .neutral, kind: .hangup, "The call ended before."),
        ],
        values: [
            ValueDescription("input", .text, roles: [.fromCaller, .entered], "The digits or the words."),
            ValueDescription("input_type", .text, "`digits` or `speech`."),
        ] + InputWait.values + [
            ValueDescription("SpeechConfidenceScore", .text, "How sure Plivo is of the speech, as Plivo says it."),
            ValueDescription("BilledAmount", .text, "What Plivo bills for the speech, as Plivo says it."),
            ValueDescription("status", .text, "The outcome: `input`, `no_input`, `invalid_input` or `hangup`."),
        ],
        traits: .holdsCaller,
        plays: InputWait.plays,
        notes: NoteKind.prompts + NoteKind.input,
        otherNames: ["getinput", "input", "getdigits", "collectdigits", "gatherspeech"]
    )

    let plays: [PlayStep]
    private let prompts: Prompts
    private let input: InputWait
    private let test: InputTest
    private let element: Element
    private let isSensitive: Bool

    /// What Plivo is told, but for its prompts and its URL.
    private enum Element: Sendable {
        case digits(GetDigits)
        case speech(GetInput)
    }

    init(_ reader: FieldReader) {
        prompts = Prompts(reader, isRequired: false)
        input = InputWait(reader)
        isSensitive = reader.boolean(Self.sensitive)
        let kind = reader.choice(Self.input)
        let takesSpeech = kind != "digits"
        let limits = InputLimits(reader, takesSpeech: takesSpeech)
        let finishKey = reader.choice(Self.finishKey)
        let beep = reader.boolean(Self.beep)
        let recognition = Recognition(reader)
        if !takesSpeech { Recognition.refuse(reader) }
        if takesSpeech, beep, let span = reader.keySpan(Self.beep) {
            reader.scope.report(
                .wrongType,
                "\"beep\" means nothing in \(reader.owner): \"input\" is \(kind), and Plivo beeps for digits alone",
                at: span
            )
        }
        test = InputTest(
            takesDigits: kind != "speech",
            digits: limits.digits,
            finishKey: finishKey,
            pattern: reader.pattern(Self.matches),
            recognition: takesSpeech ? recognition : nil
        )
        element =
            takesSpeech
            ? .speech(
                GetInput(
                    action: .url(""),
                    inputType: kind == "both" ? "dtmf speech" : "speech",
                    executionTimeout: limits.timeout,
                    digitEndTimeout: limits.digitTimeout.map { String($0) } ?? "auto",
                    speechEndTimeout: recognition.endTimeout,
                    finishOnKey: finishKey,
                    numDigits: limits.digits.upperBound,
                    speechModel: recognition.model,
                    language: "",
                    hints: Hints.text(recognition.phrases),
                    profanityFilter: recognition.filtersProfanity,
                    log: !isSensitive,
                    prompts: []
                )
            )
            : .digits(
                GetDigits(
                    action: .url(""),
                    timeout: limits.timeout,
                    digitTimeout: limits.digitTimeout ?? min(30, limits.timeout),
                    finishOnKey: finishKey,
                    numDigits: limits.digits.upperBound,
                    playBeep: beep,
                    log: !isSensitive,
                    prompts: []
                )
            )
        plays = InputWait.plays(
            keys: kind == "speech" ? nil : test.keys,
            words: takesSpeech ? test.words : nil
        )
    }

    var headline: String { prompts.headline }

    func enter(_ stay: inout Stay) -> Progress {
        guard !stay.call.isOver else {
            stay.clearValues()
            return .outcome("hangup")
        }
        return ask(1, &stay)
    }

    private func ask(_ attempt: Int, _ stay: inout Stay) -> Progress {
        input.begin(attempt, &stay)
        let prompts = (attempt > 1 ? input.retry.verbs(&stay) : []) + prompts.verbs(&stay)
        let seconds: Int
        switch element {
        case .digits(var digits):
            digits.action = stay.link(Callback.action)
            digits.prompts = prompts
            seconds = digits.timeout + digits.digitTimeout * digits.numDigits
            InputWait.say(.getDigits(digits), &stay)
        case .speech(var speech):
            speech.action = stay.link(Callback.action)
            speech.language = self.prompts.language(stay)
            speech.prompts = prompts
            seconds = speech.executionTimeout + 10 * speech.numDigits
            InputWait.say(.getInput(speech), &stay)
        }
        return .await(InputWait.wait(attempt, seconds: seconds, stay))
    }

    func resume(_ signal: Signal, _ stay: inout Stay) -> Progress? {
        guard let heard = InputWait.heard(signal, isSensitive: isSensitive, &stay) else { return nil }
        let outcome: String
        switch heard.kind {
        case .hangup: return .outcome("hangup")
        case .nothing: outcome = "no_input"
        case .digits, .speech:
            let (text, verdict) = test.judge(heard)
            if verdict == .tooManySteps { stay.note(.patternSteps) }
            outcome = verdict == .valid ? "input" : "invalid_input"
            give(heard, text, &stay)
        }
        if isSensitive, outcome != "no_input" { stay.heard(Run.Heard.outcome, outcome) }
        let attempt = InputWait.attempt(stay)
        if outcome != "input", attempt < input.attempts { return ask(attempt + 1, &stay) }
        return .outcome(outcome)
    }

    /// - Parameter text: the input without the key that ended it.
    private func give(_ heard: InputWait.Heard, _ text: String, _ stay: inout Stay) {
        func kept(_ text: String) -> Datum { isSensitive ? stay.sealed(text) : .text(text) }
        let value = kept(text)
        stay.give("input", value)
        stay.give("input_type", .text(heard.kind == .digits ? "digits" : "speech"))
        InputWait.give(heard, value, said: text == heard.text ? value : kept(heard.text), &stay)
        if !heard.confidence.isEmpty { stay.give("SpeechConfidenceScore", .text(heard.confidence)) }
        if !heard.billed.isEmpty { stay.give("BilledAmount", .text(heard.billed)) }
    }

    func rebuilt(for callback: Callback, _ stay: inout Stay) -> Wait? { input.rebuilt(&stay) }
}
