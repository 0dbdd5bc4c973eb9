import FlowDocument

/// Lets the caller choose by a key, or by a word.
struct IVRMenu: Node {
    private static let timeout = Field(
        "timeout",
        .wholeNumber(1...60, unit: "seconds"),
        default: "5",
        "How long flowd waits for the first key; with `words` 5 at least."
    )
    private static let digitTimeout = Field(
        "digit_timeout",
        .wholeNumber(1...30, unit: "seconds"),
        default: "2",
        "How long flowd waits between keys; with `words` 2 to 10."
    )
    private static let words = Field(
        "words",
        .lists,
        example: "{1: [sales, buy something]}",
        "Phrases that choose too: a choice, and what a caller says for it."
    )

    static let description = NodeDescription(
        type: "ivr_menu",
        summary: "Says what can be chosen, and goes on by the caller's choice.",
        fields: Prompts.fields + [
            timeout, digitTimeout, InputWait.attempts, InputWait.retrySpeak, InputWait.retryPlay, words,
        ],
        outcomes: [
            Outcome("no_input", .neutral, "The caller chose nothing, at the last attempt."),
            Outcome("wrong_input", .bad, "The caller chose something that is not offered, at the last attempt."),
            Outcome("hangup", .neutral, kind: .hangup, "The call ended before."),
        ],
        values: [
            ValueDescription("choice", .text, "The key in `transitions` that was chosen.")
        ] + InputWait.values + [
            ValueDescription("status", .text, "The outcome: the choice, `no_input`, `wrong_input` or `hangup`.")
        ],
        traits: .holdsCaller,
        plays: InputWait.plays,
        notes: NoteKind.prompts + NoteKind.input,
        exampleChoices: ["1"],
        otherNames: ["ivr", "menu", "gather", "gatherinput", "gatherinputoncall"]
    )

    /// Keys of one choice.
    private static let keysAtMost = 8

    let outcomes: [Outcome]
    let plays: [PlayStep]
    private let prompts: Prompts
    private let input: InputWait
    private let timeout: Int
    private let digitTimeout: Int
    private let choices: [String]
    /// Phrases in plain words, by choice.
    private let phrases: [(choice: String, words: [String])]
    private let hints: String

    init(_ reader: FieldReader) {
        prompts = Prompts(reader, isRequired: true)
        input = InputWait(reader)
        timeout = reader.wholeNumber(Self.timeout)
        digitTimeout = reader.wholeNumber(Self.digitTimeout)
        let keys = reader.routes.filter { Self.isChoice($0.text) }
        choices = keys.map(\.text)
        for key in keys where key.text.utf8.count > Self.keysAtMost {
            reader.scope.report(
                .unpressable,
                "the choice \"\(key.text)\" of \(reader.owner) has \(key.text.utf8.count) keys, limit \(Self.keysAtMost)",
                at: key.span
            )
        }
        let spoken = reader.lists(Self.words)
        phrases = spoken.map { ($0.key.text, $0.texts.map(SpokenText.plain)) }
        hints = Hints.text(spoken.flatMap(\.texts))
        for list in spoken where !choices.contains(list.key.text) {
            reader.scope.report(
                .unknownKey,
                "\"\(list.key.text)\" is not a choice of \(reader.owner). choices are \(choices.joined(separator: ", "))",
                at: list.key.span
            )
        }
        outcomes = choices.map { Outcome($0, .good, "The caller chose \($0).") } + Self.description.outcomes
        if choices.isEmpty {
            reader.scope.report(
                .missingKey,
                "\(reader.owner) has no choice: expected keys such as \"1\" in \"transitions\"",
                at: reader.routesSpan ?? reader.span
            )
        }
        let wrong = ["9", "0", "8"].first { !keys.map(\.text).contains($0) } ?? "##"
        let examples =
            choices.map { PlayWord($0, outcome: $0, "the caller chooses \($0)") }
            + [PlayWord(wrong, outcome: "wrong_input", "the caller presses something else")]
        let said = spoken.compactMap { list in
            list.texts.first.map { PlayWord($0, outcome: list.key.text, isVariant: true, "chooses \(list.key.text)") }
        }
        plays = InputWait.plays(keys: examples, words: spoken.isEmpty ? nil : said)
    }

    var headline: String { prompts.headline }

    private static func isChoice(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { "0123456789*#".utf8.contains($0) }
    }

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
        let longest = choices.map(\.utf8.count).max() ?? 1
        if phrases.isEmpty {
            let digits = GetDigits(
                action: stay.link(Callback.action),
                timeout: timeout,
                digitTimeout: digitTimeout,
                finishOnKey: "none",
                numDigits: longest,
                playBeep: false,
                log: true,
                prompts: prompts
            )
            InputWait.say(.getDigits(digits), &stay)
        } else {
            let speech = GetInput(
                action: stay.link(Callback.action),
                inputType: "dtmf speech",
                executionTimeout: max(5, timeout),
                digitEndTimeout: String(min(10, max(2, digitTimeout))),
                speechEndTimeout: "auto",
                finishOnKey: "none",
                numDigits: longest,
                speechModel: "default",
                language: self.prompts.language(stay),
                hints: hints,
                profanityFilter: false,
                log: true,
                prompts: prompts
            )
            InputWait.say(.getInput(speech), &stay)
        }
        return .await(InputWait.wait(attempt, seconds: timeout + digitTimeout * longest, stay))
    }

    func resume(_ signal: Signal, _ stay: inout Stay) -> Progress? {
        guard let heard = InputWait.heard(signal, &stay) else { return nil }
        let attempt = InputWait.attempt(stay)
        let outcome: String
        switch heard.kind {
        case .hangup: return .outcome("hangup")
        case .nothing: outcome = "no_input"
        case .digits: outcome = choices.contains(heard.text) ? heard.text : "wrong_input"
        case .speech: outcome = choice(saidBy: heard.text) ?? "wrong_input"
        }
        InputWait.give(heard, .text(heard.text), said: .text(heard.text), &stay)
        if outcome == "no_input" || outcome == "wrong_input" {
            return attempt < input.attempts ? ask(attempt + 1, &stay) : .outcome(outcome)
        }
        stay.give("choice", .text(outcome))
        return .outcome(outcome)
    }

    /// The choice whose phrases a speech holds; nil where it is none, or more than one.
    private func choice(saidBy speech: String) -> String? {
        let plain = " " + SpokenText.plain(speech) + " "
        let found = phrases.filter { list in list.words.contains { !$0.isEmpty && plain.contains(" \($0) ") } }
        return found.count == 1 ? found[0].choice : nil
    }

    func rebuilt(for callback: Callback, _ stay: inout Stay) -> Wait? { input.rebuilt(&stay) }
}

/// A spoken text in plain words.
enum SpokenText {
    /// Lower-case words with single blanks, without punctuation.
    static func plain(_ text: String) -> String {
        let letters = text.lowercased().map { $0.isLetter || $0.isNumber ? $0 : " " }
        return String(letters).split(separator: " ").joined(separator: " ")
    }
}
