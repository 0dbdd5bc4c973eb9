/// Something that Plivo tells of a multiparty call to its status or recording URL.
///
/// Sources name the event in `EventName` or in `Event`, and spell some events in two ways.
struct PartyEvent {
    enum Kind: String {
        case start, end, join, exit, mute, unmute, hold, unhold, digits, recording
        case speakStart = "speak_start"
        case speakStop = "speak_stop"
        /// Told, and nothing that an author can go on by: the beginning of a call without participants, a paused recording.
        case other
    }

    /// As Plivo wrote it: `ParticipantJoin`.
    let name: String
    /// nil for a name that is unknown.
    let kind: Kind?
    /// When it happened, as Plivo writes it; empty where Plivo does not say.
    let time: String
    let memberID: String
    let callUUID: String
    private let parameters: Parameters

    init(_ parameters: Parameters) {
        let named = parameters.printable("EventName")
        name = named.isEmpty ? parameters.printable("Event") : named
        kind = Self.kind(name)
        time = parameters.printable("EventTimestamp", atMost: 50)
        memberID = parameters.printable("MemberID")
        callUUID = parameters.printable("ParticipantCallUUID")
        self.parameters = parameters
    }

    /// Keys that a participant pressed, by whichever name Plivo sends them.
    var digits: String {
        Self.digitNames.map { parameters.printable($0) }.first { !$0.isEmpty } ?? ""
    }

    static let digitNames = ["ParticipantDigits", "DTMF", "Digits"]

    /// The kind of an event, by its name.
    static func kind(_ name: String) -> Kind? {
        let plain = name.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
        if let kind = kinds[plain] { return kind }
        guard plain.hasPrefix("participant") else {
            return plain.hasPrefix("mpcrecording") || plain.hasPrefix("addparticipantbyapi") ? .other : nil
        }
        if plain.contains("digit") || plain.contains("dtmf") { return .digits }
        guard plain.contains("speak") else { return plain.contains("coachmode") ? .other : nil }
        return plain.hasSuffix("start") || plain.hasSuffix("started") ? .speakStart : .speakStop
    }

    private static let kinds: [String: Kind] = [
        "mpcinitialized": .other, "mpcstart": .start, "mpcstarted": .start, "mpcend": .end, "mpcended": .end,
        "participantjoin": .join, "participantjoined": .join, "participantexit": .exit, "participantexited": .exit,
        "participantmute": .mute, "participantmuted": .mute, "participantunmute": .unmute,
        "participantunmuted": .unmute, "participanthold": .hold, "participantheld": .hold,
        "participantunhold": .unhold, "participantunheld": .unhold, "mpcrecordingcompleted": .recording,
    ]

    /// Whether it happened before another one, by their times; false where Plivo did not say both.
    func isBefore(_ other: String) -> Bool {
        guard !time.isEmpty, !other.isEmpty else { return false }
        if let own = Double(time), let their = Double(other) { return own < their }
        // Plivo's times have their parts from the year to the fraction of a second, each in its width.
        return time < other
    }
}
