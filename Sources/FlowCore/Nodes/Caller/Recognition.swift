import FlowDocument

/// How Plivo listens to what a caller says (voice/xml/input).
struct Recognition: Sendable {
    private static let model = Field(
        "speech_model",
        .choice(["default", "command_and_search", "phone_call"]),
        default: "default",
        "What the speech recognition is made for."
    )
    private static let hints = Field(
        "hints",
        .phrases(atMost: Hints.count, characters: Hints.characters),
        example: "[yes, no, speak to somebody]",
        "Phrases that the caller is likely to say."
    )
    private static let endTimeout = Field(
        "speech_end_timeout",
        .wholeNumberOr("auto", 2...10, unit: "seconds"),
        default: "auto",
        "The silence that ends the speech."
    )
    private static let profanityFilter = Field(
        "profanity_filter",
        .boolean,
        default: "false",
        "Whether Plivo replaces swear words by asterisks."
    )
    private static let minConfidence = Field(
        "min_confidence",
        .decimal(0...1),
        default: "0",
        "A speech of which Plivo is less sure is invalid; one without a confidence is not."
    )

    /// The keys that mean something only where the caller can speak.
    static let fields = [model, hints, endTimeout, profanityFilter, minConfidence]

    let model: String
    let phrases: [String]
    /// `auto`, or seconds.
    let endTimeout: String
    let filtersProfanity: Bool
    private let minConfidence: Double

    init(_ reader: FieldReader) {
        model = reader.choice(Self.model)
        phrases = reader.phrases(Self.hints)
        endTimeout = reader.wholeNumberOrWord(Self.endTimeout).map { String($0) } ?? "auto"
        filtersProfanity = reader.boolean(Self.profanityFilter)
        minConfidence = reader.decimal(Self.minConfidence) ?? 0
    }

    /// Reports keys for speech in a node that takes none.
    static func refuse(_ reader: FieldReader) {
        for field in fields {
            guard let span = reader.keySpan(field) else { continue }
            reader.scope.report(
                .wrongType,
                "\"\(field.name)\" means nothing in \(reader.owner): \"input\" is digits, which takes no speech",
                at: span
            )
        }
    }

    /// Whether Plivo is sure enough of a speech; one without a confidence passes.
    func isSure(_ confidence: String) -> Bool { Double(confidence).map { $0 >= minConfidence } ?? true }
}
