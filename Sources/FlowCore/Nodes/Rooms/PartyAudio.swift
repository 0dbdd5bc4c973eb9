/// What is heard in a multiparty call beside its participants: music for those who wait, and sounds as somebody comes or goes.
struct PartyAudio: Sendable {
    private static let sounds = ["none", "beep:1", "beep:2"]
    private static let sound = "`none`, `beep:1`, `beep:2`, the URL of a Plivo XML document, or of an mp3 or wav file"
    private static let music = "the URL of a Plivo XML document, or of an mp3 or wav file"
    private static let waitMusic = Field(
        "wait_music",
        .sound(),
        example: "https://example.com/wait.mp3",
        "What participants hear until the call starts: \(music)."
    )
    private static let agentHoldMusic = Field(
        "agent_hold_music",
        .sound(),
        "What an agent on hold hears: \(music)."
    )
    private static let customerHoldMusic = Field(
        "customer_hold_music",
        .sound(),
        "What a customer on hold hears: \(music)."
    )
    private static let enterSound = Field(
        "enter_sound",
        .sound(words: sounds),
        default: "beep:1",
        "What all hear as somebody comes in: \(sound)."
    )
    private static let exitSound = Field(
        "exit_sound",
        .sound(words: sounds),
        default: "beep:2",
        "What all hear as somebody leaves: \(sound)."
    )

    static let fields = [waitMusic, agentHoldMusic, customerHoldMusic, enterSound, exitSound]

    private static func callback(_ name: String, _ attribute: String) -> CallbackDescription {
        CallbackDescription(name, attribute: attribute, .document, isSigned: false)
    }

    private static let waiting = callback("music", "waitMusicUrl")
    private static let agentHolding = callback("agent", "agentHoldMusicUrl")
    private static let customerHolding = callback("customer", "customerHoldMusicUrl")
    private static let entering = callback("entering", "enterSound")
    private static let leaving = callback("leaving", "exitSound")

    /// The URLs of the documents that flowd serves for sound files.
    static let callbacks = [waiting, agentHolding, customerHolding, entering, leaving]

    let wait: RoomAudio
    let agentHold: RoomAudio
    let customerHold: RoomAudio
    let enter: RoomAudio
    let exit: RoomAudio

    init(_ reader: FieldReader) {
        wait = RoomAudio(reader, Self.waitMusic, at: Self.waiting)
        agentHold = RoomAudio(reader, Self.agentHoldMusic, at: Self.agentHolding)
        customerHold = RoomAudio(reader, Self.customerHoldMusic, at: Self.customerHolding)
        enter = RoomAudio(reader, Self.enterSound, at: Self.entering)
        exit = RoomAudio(reader, Self.exitSound, at: Self.leaving)
    }

    /// The document for the sound file behind one of ``callbacks``.
    func document(_ callback: String, _ stay: inout Stay) -> [Verb]? {
        [wait, agentHold, customerHold, enter, exit].first { $0.callback.name == callback }?.document(&stay)
    }
}
