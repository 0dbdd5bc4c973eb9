/// `<Speak>`: words that are spoken (voice/xml/speak).
package struct Speak: Hashable, Sendable {
    package var text: String
    /// The text is SSML: well-formed, with its values escaped.
    package var isMarkup: Bool
    /// `WOMAN`, `MAN` or `Polly.<Name>`; left out where empty.
    package var voice: String
    /// `en-US`; left out where empty.
    package var language: String
    /// How often it is heard; 0 until the call ends; nil for once, unsaid.
    package var loop: Int?

    package init(
        _ text: String,
        isMarkup: Bool = false,
        voice: String = "",
        language: String = "",
        loop: Int? = nil
    ) {
        self.text = text
        self.isMarkup = isMarkup
        self.voice = voice
        self.language = language
        self.loop = loop
    }
}

/// `<Play>`: a sound file (voice/xml/play).
package struct Play: Hashable, Sendable {
    package var url: String
    /// How often it is heard; 0 until the call ends; nil for once, unsaid.
    package var loop: Int?

    package init(url: String, loop: Int? = nil) {
        self.url = url
        self.loop = loop
    }
}
