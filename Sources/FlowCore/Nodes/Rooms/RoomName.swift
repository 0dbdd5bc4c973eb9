/// The name of a room as Plivo takes it: ASCII letters, digits, `-` and `_`.
enum RoomName {
    /// Characters of a name.
    static let limit = 100

    /// The text with `_` for every other character, cut; empty for a text without any.
    static func clean(_ text: String) -> String {
        String(text.prefix(limit).map { isTaken($0) ? $0 : "_" })
    }

    private static func isTaken(_ character: Character) -> Bool {
        character == "-" || character == "_" || character.isASCII && (character.isLetter || character.isNumber)
    }
}

extension NoteKind {
    static let noRoomName = NoteKind("no-room-name", "the name of the room was empty: nobody enters \"{node}\"")
}
