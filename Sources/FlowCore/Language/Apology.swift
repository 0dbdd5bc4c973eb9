/// What a caller hears when flowd cannot go on: the flow's `on_error`.
///
/// Written in the flow, without templates, so that it needs no store.
package struct Apology: Hashable, Sendable {
    package var speak: String
    package var voice: String
    package var language: String
    /// Numbers or SIP URIs to forward to.
    package var forward: [DialTarget]

    package init(speak: String = "", voice: String = "", language: String = "", forward: [DialTarget] = []) {
        self.speak = speak
        self.voice = voice
        self.language = language
        self.forward = forward
    }
}
