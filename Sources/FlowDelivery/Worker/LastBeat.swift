import Synchronization

/// When this process last told the store that it lives: peers take over what it holds once that is too long ago.
package final class LastBeat: Sendable {
    /// How long a peer watches a beat stand still before it takes over.
    package static let patience = Duration.seconds(10)

    private let lastBeat = Mutex<ContinuousClock.Instant?>(nil)

    package init() {}

    /// Notes that a beat was written which was begun at `instant`.
    package func beat(at instant: ContinuousClock.Instant) {
        lastBeat.withLock { $0 = instant }
    }

    /// Whether no peer can have taken over: not before the first beat, and not after a pause, a sleep of the machine too.
    package func isFresh(at now: ContinuousClock.Instant = .now) -> Bool {
        lastBeat.withLock { $0.map { $0.duration(to: now) < Self.patience } ?? false }
    }
}
