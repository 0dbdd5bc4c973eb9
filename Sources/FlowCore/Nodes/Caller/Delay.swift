import FlowDocument

/// Lets time pass: seconds in which a caller hears silence or music, or a timer that needs no call.
struct Delay: Node {
    /// Seconds with a caller on the line.
    static let held = 1...60
    /// Seconds without one: up to 30 days.
    static let free = 1...30 * 86_400

    private static let duration = Field(
        "duration",
        .text(),
        roles: .duration,
        isRequired: true,
        example: "15m",
        "Seconds, or `10s`, `15m`, `4h`, `2d`: up to 60 s where the caller is needed further on, else up to 30 days."
    )
    private static let music = Field(
        "music",
        .boolean,
        default: "false",
        "Whether the caller hears Plivo's hold music meanwhile."
    )

    static let description = NodeDescription(
        type: "wait",
        summary:
            "Lets time pass. Where a node further on needs the caller, the caller hears silence; else a call that is up ends, and a timer runs that outlives restarts.",
        fields: [duration, music],
        outcomes: [
            Outcome("completed", .good, "The time is over."),
            Outcome("hangup", .neutral, kind: .hangup, "The call ended before, where the caller is needed further on."),
        ],
        values: [ValueDescription("status", .text, "The outcome: `completed` or `hangup`.")],
        traits: .takesTime,
        plays: [waited],
        notes: [.otherDuration],
        otherNames: ["delay", "sleep", "pause", "timer", "waitfor"]
    )

    /// The `<Redirect>` behind the silence, where something had to wait for it.
    private static let waited = PlayStep(
        "waited",
        .nothing(PlayWord("waited", outcome: "completed", "the caller has waited to the end")),
        element: "Redirect",
        at: .redirect,
        saidBy: "Event",
        "the wait is over"
    ) { _ in [] }

    private let duration: Template?
    private let playsMusic: Bool

    init(_ reader: FieldReader) {
        duration = reader.template(Self.duration)
        playsMusic = reader.boolean(Self.music)
        guard let text = duration?.literal?.trimmed, !text.isEmpty, let value = reader.value(Self.duration) else {
            return
        }
        guard let seconds = DurationText.seconds(text) else {
            let meant = ForeignWords.seconds(text)
            reader.wrongType(
                Self.duration,
                value,
                expected: "seconds, or a time such as \"15m\"",
                fixes: meant.map { [Fix("write \"\($0)\"", .safe, reader.scope.document.edit(value, to: $0))] } ?? []
            )
            return
        }
        if Self.free.contains(seconds) { return }
        reader.scope.report(
            .wrongType,
            "expected 1 second to 30 days in \"duration\" of \(reader.owner), found \"\(text)\"",
            at: value.span
        )
    }

    var headline: String { duration?.written ?? "" }

    func enter(_ stay: inout Stay) -> Progress {
        guard stay.leadsToCaller else {
            // The engine ends a call that is still up: nothing of it is awaited.
            return .await(Wait(node: stay.node, for: [], until: stay.at + seconds(Self.free, &stay)))
        }
        guard !stay.call.isOver else { return .outcome("hangup") }
        stay.say(.wait(seconds: seconds(Self.held, &stay), music: playsMusic))
        return .outcome("completed")
    }

    private func seconds(_ range: ClosedRange<Int>, _ stay: inout Stay) -> Int {
        let text = duration.map { stay.text($0).trimmed } ?? ""
        let seconds = DurationText.seconds(text) ?? range.lowerBound
        let kept = min(max(seconds, range.lowerBound), range.upperBound)
        if kept != seconds || DurationText.seconds(text) == nil { stay.note(.otherDuration, text, "\(kept)") }
        return kept
    }

    func resume(_ signal: Signal, _ stay: inout Stay) -> Progress? {
        if stay.run.wait?.signals.contains(.callback) != true {
            guard case .timeIsUp = signal else { return nil }
            return .outcome("completed")
        }
        // Comes only where something had to wait for the end of the silence.
        if stay.heardCallerGo(signal) { return .outcome("hangup") }
        guard case .callback = signal else { return nil }
        stay.heard(Self.waited.key)
        return .outcome("completed")
    }

    func rebuilt(for callback: Callback, _ stay: inout Stay) -> Wait? {
        Wait(node: stay.node, for: .callback, until: stay.at + RunLimits.spokenSeconds)
    }
}

extension NoteKind {
    static let otherDuration = NoteKind(
        "other-duration",
        "\"{node}\" waits for {1} s: \"{0}\" cannot be waited for there"
    )
}
