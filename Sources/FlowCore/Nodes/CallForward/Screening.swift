import FlowDocument

/// A callee's key press before a call is bridged: `confirmSound`, `confirmKey`, `confirmTimeout` of `<Dial>`.
struct Screening: Sendable {
    private static let speakField = Field("speak", .text(), roles: .prompt, "What the callee hears.")
    private static let voiceField = Field("voice", .literal, example: "WOMAN", "Plivo's voice for `speak`.")
    private static let languageField = Field("language", .literal, example: "en-US", "Plivo's language for `speak`.")
    private static let playField = Field("play", .sound(), "The URL of a sound, in place of `speak`.")
    private static let keyField = Field(
        "key",
        .choice(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "#"]),
        isRequired: true,
        example: "1",
        "The key that takes the call."
    )
    private static let timeoutField = Field(
        "timeout",
        .wholeNumber(1...120, unit: "seconds"),
        roles: .screeningSeconds,
        default: "10",
        "How long flowd waits for the key."
    )

    static let fields = [speakField, voiceField, languageField, playField, keyField, timeoutField]

    let speak: Template?
    let voice: String
    let language: String
    let play: Template?
    let key: String
    let timeout: Int

    init(_ reader: FieldReader) {
        speak = reader.template(Self.speakField)
        voice = reader.literal(Self.voiceField)
        language = reader.literal(Self.languageField)
        play = reader.template(Self.playField)
        key = reader.choice(Self.keyField)
        timeout = reader.wholeNumber(Self.timeoutField)
        if speak == nil, play == nil {
            reader.scope.report(
                .missingKey,
                "\"screening\" of \(reader.owner) says nothing: \"speak\" or \"play\" is missing",
                at: reader.span
            )
        }
        guard speak != nil, play != nil, let span = reader.keySpan(Self.playField) else {
            reader.checkFilled(Self.speakField)
            reader.checkFilled(Self.playField)
            return
        }
        reader.scope.report(
            .wrongType,
            "\"screening\" of \(reader.owner) has both \"speak\" and \"play\": expected one of them",
            at: span
        )
    }
}
