/// `<Speak>`: words that are spoken (voice/xml/speak).
package struct Speak: Hashable, Sendable {
    package var text: String
    /// `WOMAN`, `MAN` or `Polly.<Name>`; left out where empty.
    package var voice: String
    /// `en-US`; left out where empty.
    package var language: String

    package init(_ text: String, voice: String = "", language: String = "") {
        self.text = text
        self.voice = voice
        self.language = language
    }
}

/// `<Play>`: a sound file (voice/xml/play).
package struct Play: Hashable, Sendable {
    package var url: String

    package init(url: String) {
        self.url = url
    }
}
