/// Ends the call; the run may go on without it.
struct HangUp: Node {
    private static let reason = Field(
        "reason",
        .choice(["rejected", "busy"]),
        roles: .callEnding,
        "What the caller's network is told of a call that nothing has answered yet."
    )

    static let description = NodeDescription(
        type: "hangup",
        summary: "Ends the call. What follows runs without a caller.",
        fields: [reason],
        outcomes: [Outcome("completed", .neutral, "The call is ended.")],
        values: [ValueDescription("status", .text, "The outcome: `completed`.")],
        traits: .endsCall,
        otherNames: ["end", "hang", "reject", "disconnect"]
    )

    private let reason: String?

    init(_ reader: FieldReader) {
        let word = reader.choice(Self.reason)
        reason = reader.value(Self.reason) == nil ? nil : word
    }

    var headline: String { reason ?? "" }

    func enter(_ stay: inout Stay) -> Progress {
        if !stay.call.isOver { stay.endCall(.hangup(reason: reason)) }
        return .outcome("completed")
    }
}
