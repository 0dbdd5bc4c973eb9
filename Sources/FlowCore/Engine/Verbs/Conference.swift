/// `<Conference>`: a room in which callers hear each other (voice/xml/conferencing).
package struct Conference: Hashable, Sendable {
    /// The room's name: 1 to 100 ASCII letters, digits, `-` and `_`.
    package var room: String
    package var action: Link
    package var muted: Bool
    package var startOnEnter: Bool
    package var endOnExit: Bool
    package var stayAlone: Bool
    /// 1 to 20.
    package var maxMembers: Int
    /// Seconds, 86400 at most.
    package var timeLimit: Int
    package var hangupOnStar: Bool
    /// Keys that Plivo reports, by commas; left out where empty.
    package var digitsMatch: String
    package var enterSound: RoomSound?
    package var exitSound: RoomSound?
    /// What the first caller hears until the conference starts.
    package var waitSound: RoomSound?
    package var record: Bool
    /// `mp3` or `wav`.
    package var recordFormat: String
    /// Where Plivo sends the transcription; nil where nobody wants one.
    package var transcription: Link?
    /// Where Plivo tells of members, keys and the recording.
    package var callback: Link
}

/// What is heard in a room beside its members.
package enum RoomSound: Hashable, Sendable {
    /// `beep:1`, `beep:2` or `none`.
    case word(String)
    /// A Plivo XML document.
    case document(Link)
}
