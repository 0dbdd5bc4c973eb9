import FlowStore

/// Finds the peers that are gone: those whose beat stood still while this process was watching.
///
/// Time is this process's own monotonic clock, so no clock of another machine counts. Where it did not look for longer
/// than a beat (stopped, swapped out, asleep with the machine), it has not watched: all peers may have stood still for
/// the same reason, and each gets its full time again.
struct PeerWatch {
    private struct Sight {
        var beat: Int
        var since: ContinuousClock.Instant
    }

    /// How long a beat has to stand still.
    private let patience: Duration
    /// The longest time between two looks that still is watching.
    private let longestGap: Duration
    private var sights: [WorkerID: Sight] = [:]
    private var lastLook: ContinuousClock.Instant?

    init(patience: Duration = LastBeat.patience, longestGap: Duration = .seconds(3)) {
        self.patience = patience
        self.longestGap = longestGap
    }

    /// Takes a look at all beats, and tells whose stood still for too long.
    mutating func gone(_ beats: [WorkerID: Int], at now: ContinuousClock.Instant) -> [WorkerID] {
        let hasPaused = lastLook.map { $0.duration(to: now) > longestGap } ?? true
        lastLook = now
        sights = Dictionary(
            uniqueKeysWithValues: beats.map { worker, beat in
                if !hasPaused, let sight = sights[worker], sight.beat == beat { return (worker, sight) }
                return (worker, Sight(beat: beat, since: now))
            }
        )
        return sights.filter { $0.value.since.duration(to: now) >= patience }.map(\.key)
    }
}
