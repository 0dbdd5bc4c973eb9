/// How texts are spoken in a flow, where a node does not say.
package struct SpeechSettings: Hashable, Sendable {
    /// `WOMAN`, `MAN` or `Polly.<Name>`.
    package var voice: String
    /// `en-US`.
    package var language: String

    package init(voice: String = "WOMAN", language: String = "en-US") {
        self.voice = voice
        self.language = language
    }
}
