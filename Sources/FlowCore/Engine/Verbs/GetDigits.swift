/// `<GetDigits>`: keys that the caller presses (voice/xml/input).
package struct GetDigits: Hashable, Sendable {
    package var action: Link
    /// Seconds until the first key.
    package var timeout: Int
    /// Seconds between keys.
    package var digitTimeout: Int
    /// The key that ends the input: a digit, `*`, `#` or `none`.
    package var finishOnKey: String
    /// How many keys end the input, 1 to 99.
    package var numDigits: Int
    package var playBeep: Bool
    /// Whether Plivo may keep the digits in its log.
    package var log: Bool
    /// What the caller hears meanwhile; a key cuts it short.
    package var prompts: [Verb]

    package init(
        action: Link,
        timeout: Int,
        digitTimeout: Int,
        finishOnKey: String,
        numDigits: Int,
        playBeep: Bool,
        log: Bool,
        prompts: [Verb]
    ) {
        self.action = action
        self.timeout = timeout
        self.digitTimeout = digitTimeout
        self.finishOnKey = finishOnKey
        self.numDigits = numDigits
        self.playBeep = playBeep
        self.log = log
        self.prompts = prompts
    }
}

/// `<GetInput>`: keys or speech, whichever comes first (voice/xml/input).
package struct GetInput: Hashable, Sendable {
    package var action: Link
    /// `speech` or `dtmf speech`.
    package var inputType: String
    /// Seconds until the first key or word, 5 to 60.
    package var executionTimeout: Int
    /// Seconds between keys, 2 to 10, or `auto`.
    package var digitEndTimeout: String
    /// Seconds of silence that end the speech, 2 to 10, or `auto`.
    package var speechEndTimeout: String
    package var finishOnKey: String
    /// How many keys end the input, 1 to 32.
    package var numDigits: Int
    package var speechModel: String
    package var language: String
    /// Phrases that are likely, by commas.
    package var hints: String
    package var profanityFilter: Bool
    package var log: Bool
    package var prompts: [Verb]

    package init(
        action: Link,
        inputType: String,
        executionTimeout: Int,
        digitEndTimeout: String,
        speechEndTimeout: String,
        finishOnKey: String,
        numDigits: Int,
        speechModel: String,
        language: String,
        hints: String,
        profanityFilter: Bool,
        log: Bool,
        prompts: [Verb]
    ) {
        self.action = action
        self.inputType = inputType
        self.executionTimeout = executionTimeout
        self.digitEndTimeout = digitEndTimeout
        self.speechEndTimeout = speechEndTimeout
        self.finishOnKey = finishOnKey
        self.numDigits = numDigits
        self.speechModel = speechModel
        self.language = language
        self.hints = hints
        self.profanityFilter = profanityFilter
        self.log = log
        self.prompts = prompts
    }
}
