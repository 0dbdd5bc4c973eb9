/// `<MultiPartyCall>`: a call of agents, customers and supervisors (voice/xml/multipartycall).
package struct MPC: Hashable, Sendable {
    /// The call's name: 1 to 100 ASCII letters, digits, `-` and `_`.
    package var name: String
    /// Where Plivo tells that this caller has left.
    package var action: Link
    /// `agent`, `customer` or `supervisor`.
    package var role: String
    package var mute: Bool
    package var hold: Bool
    package var stayAlone: Bool
    package var endOnExit: Bool
    package var relayDigits: Bool
    package var startOnEnter: Bool
    /// Whether a supervisor is heard by agents alone.
    package var coach: Bool
    /// Seconds, 300 to 28800.
    package var maxDuration: Int
    /// 2 to 10.
    package var maxParticipants: Int
    package var waitMusic: RoomSound?
    package var agentHoldMusic: RoomSound?
    package var customerHoldMusic: RoomSound?
    package var enterSound: RoomSound?
    package var exitSound: RoomSound?
    package var record: Bool
    /// `mp3` or `wav`.
    package var recordFormat: String
    /// Participants with which the recording begins, 1 or 2.
    package var recordMinMembers: Int
    /// Where Plivo tells of the recording.
    package var recordingCallback: Link
    /// Where Plivo tells of the call and its participants.
    package var statusCallback: Link
    /// Kinds of events that Plivo tells of: `mpc-state-changes`.
    package var statusEvents: [String]
}
