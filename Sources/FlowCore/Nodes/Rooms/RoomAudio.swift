/// A sound or music of a room: a word of Plivo's, the URL of a Plivo XML document, or a sound file.
///
/// Plivo wants a document. For a sound file flowd serves one, at a URL of the node's own.
struct RoomAudio: Sendable {
    /// The URL of the document that flowd serves.
    let callback: CallbackDescription
    private let template: Template?
    private let words: [String]

    init(_ reader: FieldReader, _ field: Field, at callback: CallbackDescription) {
        self.callback = callback
        template = reader.template(field) ?? field.defaultText.map { Template([.literal($0)]) }
        words = if case .sound(let words) = field.kind { words } else { [] }
    }

    /// What Plivo is told; nil where nothing is heard, with a note where something was meant.
    func told(_ stay: inout Stay) -> RoomSound? {
        guard let text = template.map({ stay.text($0).trimmed }), !text.isEmpty else { return nil }
        if words.contains(text) { return .word(text) }
        if SoundFile.isNamed(by: text) {
            guard SoundFile.isPlayed(text) else { return refuse(text, &stay) }
            return .document(stay.link(callback.name))
        }
        return Self.isURL(text) ? .document(.url(text)) : refuse(text, &stay)
    }

    /// The document for the sound file.
    func document(_ stay: inout Stay) -> [Verb]? {
        guard let text = template.map({ stay.text($0).trimmed }), SoundFile.isPlayed(text) else { return nil }
        return [.play(Play(url: text))]
    }

    private func refuse(_ text: String, _ stay: inout Stay) -> RoomSound? {
        stay.note(.noRoomSound, text)
        return nil
    }

    private static func isURL(_ text: String) -> Bool {
        ["https://", "http://"].contains { text.lowercased().hasPrefix($0) } && text.utf8.count <= 2_000
            && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}

extension NoteKind {
    static let noRoomSound = NoteKind(
        "no-room-sound",
        "\"{0}\" is neither an https URL of an mp3 or wav file nor the URL of a Plivo XML document: not heard in \"{node}\""
    )
}
