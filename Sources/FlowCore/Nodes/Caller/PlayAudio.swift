/// Speaks and plays to the caller.
struct PlayAudio: Node {
    private static let loop = Field(
        "loop",
        .wholeNumber(0...100, unit: "times"),
        default: "1",
        "How often it is heard; `0` until the caller hangs up."
    )

    static let description = NodeDescription(
        type: "play_audio",
        summary: "Speaks a text, or plays a sound, and goes on.",
        fields: Prompts.fields + [loop],
        outcomes: [
            Outcome("completed", .good, "The caller is told."),
            Outcome("hangup", .neutral, kind: .hangup, "The call ended before."),
        ],
        values: [ValueDescription("status", .text, "The outcome: `completed` or `hangup`.")],
        traits: .holdsCaller,
        plays: [heard],
        notes: NoteKind.prompts,
        otherNames: ["say", "speak", "play", "prompt", "sayplay", "announce", "playaudio"]
    )

    /// The `<Redirect>` behind the prompt, where something had to wait for it.
    private static let heard = PlayStep(
        "heard",
        .nothing(PlayWord("heard", outcome: "completed", "the caller has heard it to the end")),
        element: "Redirect",
        at: .redirect,
        saidBy: "Event",
        "the prompt is over"
    ) { _ in [] }

    private let prompts: Prompts

    init(_ reader: FieldReader) {
        prompts = Prompts(reader, loop: reader.wholeNumber(Self.loop), isRequired: true)
    }

    var headline: String { prompts.headline }

    func enter(_ stay: inout Stay) -> Progress {
        guard !stay.call.isOver else { return .outcome("hangup") }
        for verb in prompts.verbs(&stay) { stay.say(verb) }
        guard prompts.loop == 0 else { return .outcome("completed") }
        return .await(Wait(node: stay.node, for: .callback, until: stay.at + RunLimits.endlessSeconds))
    }

    /// Comes only where something had to wait for the end of the prompt, or where it never ends.
    func resume(_ signal: Signal, _ stay: inout Stay) -> Progress? {
        if stay.heardCallerGo(signal) { return .outcome("hangup") }
        guard case .callback = signal else { return nil }
        stay.heard(Self.heard.key)
        return .outcome("completed")
    }

    func rebuilt(for callback: Callback, _ stay: inout Stay) -> Wait? {
        Wait(node: stay.node, for: .callback, until: stay.at + RunLimits.spokenSeconds)
    }
}
