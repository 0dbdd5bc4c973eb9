import FlowDocument

/// What a caller hears at a node: texts that are spoken and sounds that are played, in their order.
struct Prompts: Sendable {
    private enum Item: Sendable {
        case speak(Template, voice: String, language: String)
        case ssml(SSML, voice: String, language: String)
        case play(Template)
    }

    private let items: [Item]
    /// The node's own; empty for the flow's.
    private let language: String
    /// How often each is heard; 0 until the call ends.
    let loop: Int

    private static let speak = Field("speak", .text(), roles: .prompt, example: "Thank you for calling.", "The text.")
    private static let play = Field(
        "play",
        .sound(),
        roles: .sound,
        "The https URL of an mp3 or wav file."
    )
    private static let voice = Field(
        "voice",
        .literal,
        roles: .voice,
        example: "Polly.Amy",
        "`WOMAN`, `MAN` or `Polly.<Name>`; the flow's `voice`, else `WOMAN`."
    )
    private static let language = Field(
        "language",
        .literal,
        roles: .language,
        example: "en-GB",
        "The language that is spoken; the flow's `language`, else `en-US`."
    )
    private static let ssml = Field(
        "ssml",
        .boolean,
        default: "false",
        "Whether the text holds SSML's tags, which need a `Polly.` voice; 3,000 characters at most."
    )
    private static let itemFields = [speak, play, voice, language, ssml]
    private static let prompt = Field(
        "prompt",
        .list(itemFields),
        "Several texts and sounds, one after the other, in place of `speak` or `play`."
    )

    /// The keys by which a node says what is heard.
    static let fields = [speak, play, prompt, voice, language, ssml]

    /// Characters of a node's texts that Plivo speaks.
    private static let characters = 10_000

    /// - Parameters:
    ///   - loop: how often it is heard.
    ///   - isRequired: reports a node that says nothing.
    init(_ reader: FieldReader, loop: Int = 1, isRequired: Bool) {
        self.loop = loop
        language = reader.literal(Self.language)
        let own = Self.item(reader, else: nil)
        let lists = reader.groups(Self.prompt, Self.itemFields)
        items = own + lists.flatMap { Self.item($0, else: reader) }
        if isRequired, own.isEmpty, reader.value(Self.prompt) == nil, !reader.isMistyped(Self.speak) {
            reader.scope.report(
                .missingKey,
                "\(reader.owner) says nothing: \"speak\", \"play\" or \"prompt\" is missing",
                at: reader.span
            )
        }
        if !own.isEmpty, let span = reader.keySpan(Self.prompt) {
            reader.scope.report(
                .wrongType,
                "\(reader.owner) has \"prompt\" beside \"speak\" or \"play\": expected one of them",
                at: span
            )
        }
    }

    /// A single text or sound behind other keys, such as `retry_speak`.
    init(_ reader: FieldReader, speak: Field, play: Field) {
        loop = 1
        let voice = reader.literal(Self.voice)
        language = reader.literal(Self.language)
        var items: [Item] = []
        if let text = reader.template(speak) {
            let isSSML = reader.boolean(Self.ssml)
            items.append(Self.spoken(text, speak, isSSML, voice: voice, language: language, reader))
        }
        if let sound = reader.template(play) { items.append(.play(sound)) }
        self.items = items
    }

    private static func item(_ reader: FieldReader, else outer: FieldReader?) -> [Item] {
        let voice = reader.literal(voice)
        let language = reader.literal(language)
        let text = reader.template(speak)
        let sound = reader.template(play)
        if text != nil, sound != nil, let span = reader.keySpan(play) {
            reader.scope.report(
                .wrongType,
                "\(reader.owner) has both \"speak\" and \"play\": expected one of them",
                at: span
            )
        }
        if let text {
            let voice = voice.isEmpty ? outer?.literal(Self.voice) ?? "" : voice
            let language = language.isEmpty ? outer?.literal(Self.language) ?? "" : language
            let isSSML = reader.value(ssml) == nil ? outer?.boolean(ssml) ?? false : reader.boolean(ssml)
            return [spoken(text, speak, isSSML, voice: voice, language: language, reader)]
        }
        return sound.map { [.play($0)] } ?? []
    }

    /// - Parameters:
    ///   - field: the key that has the text.
    ///   - voice: the node's own; empty for the flow's.
    private static func spoken(
        _ text: Template,
        _ field: Field,
        _ isSSML: Bool,
        voice: String,
        language: String,
        _ reader: FieldReader
    ) -> Item {
        guard isSSML, let value = reader.value(field) else { return .speak(text, voice: voice, language: language) }
        let speaker = voice.isEmpty ? reader.scope.speech.voice : voice
        if !speaker.hasPrefix("Polly.") {
            reader.scope.report(
                .badSpeech,
                "\"ssml\" of \(reader.owner) needs a voice of Polly's, found \"\(speaker)\"",
                at: reader.keySpan(ssml) ?? value.span,
                help: ["write \"voice: Polly.Joanna\", for example"]
            )
        }
        guard let ssml = SSML(value, text.references, in: reader.scope) else {
            return .speak(text, voice: voice, language: language)
        }
        return .ssml(ssml, voice: voice, language: language)
    }

    /// The language that the caller is spoken to in, and listened to.
    func language(_ stay: Stay) -> String { language.isEmpty ? stay.flow.speech.language : language }

    /// The texts, for a picture.
    var headline: String {
        items.map { item in
            switch item {
            case .speak(let text, _, _): text.written
            case .ssml(let text, _, _): text.written
            case .play(let url): url.written
            }
        }.joined(separator: " ")
    }

    /// What the caller hears now: values filled in, and what cannot be heard left out, with a note.
    func verbs(_ stay: inout Stay) -> [Verb] {
        var room = Self.characters
        return items.compactMap { item in
            switch item {
            case .speak(let template, let voice, let language):
                var text = stay.text(template)
                guard !text.isBlankInXML else {
                    stay.note(.emptyPrompt)
                    return nil
                }
                if text.count > room {
                    stay.note(.longPrompt, "\(Self.characters)")
                    text = String(text.prefix(room))
                }
                room -= text.count
                guard room >= 0, !text.isBlankInXML else { return nil }
                return .speak(speak(text, voice, language, isMarkup: false, stay))
            case .ssml(let ssml, let voice, let language):
                guard let markup = ssml.markup(atMost: min(room, SSML.characters), &stay) else { return nil }
                room -= markup.count
                return .speak(speak(markup, voice, language, isMarkup: true, stay))
            case .play(let template):
                let url = stay.text(template).trimmed
                guard SoundFile.isPlayed(url) else {
                    stay.note(.noSound, url)
                    return nil
                }
                return .play(Play(url: url, loop: loop))
            }
        }
    }

    private func speak(_ text: String, _ voice: String, _ language: String, isMarkup: Bool, _ stay: Stay) -> Speak {
        let settings = stay.flow.speech
        return Speak(
            text,
            isMarkup: isMarkup,
            voice: voice.isEmpty ? settings.voice : voice,
            language: language.isEmpty ? settings.language : language,
            loop: loop
        )
    }
}

extension NoteKind {
    static let emptyPrompt = NoteKind("empty-prompt", "a text of \"{node}\" was empty: nothing was spoken")
    static let longPrompt = NoteKind("long-prompt", "the texts of \"{node}\" were cut: more than {0} characters")
    static let noSound = NoteKind(
        "no-sound",
        "\"{0}\" is not an https URL of an mp3 or wav file: not played by \"{node}\""
    )
    static let prompts = [emptyPrompt, longPrompt, noSound]
}
