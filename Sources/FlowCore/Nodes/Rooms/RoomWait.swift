/// The wait for a caller who is in a room, and the ways in which it ends.
///
/// Plivo reports to the element's action that a caller has left. A room that is full or over lets Plivo go on behind the
/// element, to the `<Redirect>`. Callers also leave by hanging up: then an action may still come, or nothing more.
struct RoomWait {
    /// When the caller came into the room.
    var enteredAt: Timestamp?
    /// When the caller went out of it.
    var leftAt: Timestamp?
    var hungUpAt: Timestamp?

    private static var members: [(String, WritableKeyPath<RoomWait, Timestamp?>)] {
        [("entered_at", \.enteredAt), ("left_at", \.leftAt), ("hung_up_at", \.hungUpAt)]
    }

    init(_ datum: Datum) {
        for (name, path) in Self.members { self[keyPath: path] = datum[name].moment }
    }

    var datum: Datum {
        let known = Self.members.compactMap { name, path in self[keyPath: path].map { Datum.Member(name, Datum($0)) } }
        return known.isEmpty ? .missing : .object(known)
    }

    /// Begins to wait.
    ///
    /// - Parameter seconds: for which a caller may stay.
    static func wait(seconds: Int, _ stay: Stay) -> Wait {
        Wait(
            node: stay.node,
            for: .callback,
            until: stay.at + seconds + RunLimits.spokenSeconds,
            hangupGrace: RunLimits.actionAfterHangupSeconds
        )
    }

    /// Notes when the caller came or went, in a visit that still waits; the first time counts.
    static func note(_ path: WritableKeyPath<RoomWait, Timestamp?>, _ stay: inout Stay) {
        guard stay.isAwaited else { return }
        var wait = RoomWait(stay.state)
        guard wait[keyPath: path] == nil else { return }
        wait[keyPath: path] = stay.at
        stay.state = wait.datum
    }

    /// The outcome that a signal leads to; nil where nothing is decided yet.
    ///
    /// - Parameter read: gives the values of the action, and says what it told; nil for one of a caller who was not in a
    ///   room.
    static func outcome(
        _ signal: Signal,
        _ stay: inout Stay,
        read: (Parameters, inout Stay) -> [(String, String)]?
    ) -> String? {
        let outcome: String
        switch signal {
        case .callback(let callback):
            let told = callback.name == Callback.none ? nil : read(callback.parameters, &stay)
            if let told { stay.heard(leave, "", told) } else { stay.heard(full) }
            let hasLeft = told != nil || stay.call.hangup != nil && RoomWait(stay.state).enteredAt != nil
            outcome = hasLeft ? completed : failed
        case .hungUp:
            // Kept also where the action decides: what follows has no caller from here on.
            stay.heardHangup()
            note(\.hungUpAt, &stay)
            return nil
        case .timeIsUp:
            if stay.call.hangup == nil {
                _ = stay.heardCallerGo(signal)
            } else {
                stay.heardHangup()
            }
            outcome = RoomWait(stay.state).enteredAt == nil ? failed : completed
        case .requestEnded: return nil
        }
        let wait = RoomWait(stay.state)
        if let enteredAt = wait.enteredAt {
            let end = wait.leftAt ?? wait.hungUpAt ?? stay.at
            stay.give("duration", .number(String(end.seconds(since: enteredAt))))
        }
        return outcome
    }

    static let completed = "completed"
    static let failed = "failed"
    static let outcomes = [
        Outcome(completed, .good, "The caller was in the room, and has left it."),
        Outcome(failed, .bad, "The caller did not come into the room: it was full or over, or the call had ended."),
    ]

    /// Keys of steps in a played call.
    static let enter = "enter"
    static let exit = "exit"
    static let leave = "leave"
    static let full = "full"
    static let digits = "digits"
}
