import Synchronization

/// When this process last told the store that it lives: peers take over what it holds once that is too long ago.
package final class LastBeat: Sendable {
    /// How long a peer watches a beat stand still before it takes over.
    package static let patience = Duration.seconds(10)

    private struct State {
        var last: ContinuousClock.Instant?
        /// The first beat of those that followed each other in time.
        var unbrokenSince: ContinuousClock.Instant?
    }

    private let patience: Duration
    private let state = Mutex(State())

    package init(patience: Duration = LastBeat.patience) {
        self.patience = patience
    }

    /// Notes that a beat was written which was begun at `instant`.
    package func beat(at instant: ContinuousClock.Instant) {
        state.withLock { state in
            let isInTime = state.last.map { $0.duration(to: instant) < patience } ?? false
            if !isInTime { state.unbrokenSince = instant }
            state.last = instant
        }
    }

    /// Whether no peer can have taken over: not before the first beat, and not after a pause, a sleep of the machine too.
    package func isFresh(at now: ContinuousClock.Instant = .now) -> Bool {
        state.withLock { $0.last.map { $0.duration(to: now) < patience } ?? false }
    }

    /// Whether no peer can have taken over at any time from `start` to `end`, though a beat may have come after a pause.
    func wasFresh(from start: ContinuousClock.Instant, to end: ContinuousClock.Instant) -> Bool {
        state.withLock { state in
            guard let last = state.last, let first = state.unbrokenSince else { return false }
            return first <= start && last.duration(to: end) < patience
        }
    }
}
