import FlowHost
import FlowStore
import Logging
import Synchronization

/// Whether a held delivery still is this process's to send: a peer may have taken over while this process stood still.
///
/// A claim is trusted for a second from the moment at which it was known to stand, unless the heartbeat had a pause;
/// after that the store is asked. So a request that waited for its turn, for a name server or for a connection, or that
/// slept with the whole process, is not sent on the word of an old claim.
final class ClaimFence: Sendable {
    /// How old the knowledge may be that a claim stands.
    private static let trustedFor = Duration.seconds(1)
    private static let shortestPause = Duration.milliseconds(100)
    private static let longestPause = Duration.seconds(5)

    private struct State {
        /// When the claim was last known to stand.
        var since: ContinuousClock.Instant
        var isLost = false
    }

    private let held: HeldDelivery
    private let store: any Store
    private let lastBeat: LastBeat
    private let logger: Logger
    private let isStopping: @Sendable () -> Bool
    private let state: Mutex<State>

    /// - Parameter isStopping: whether nothing more is to be sent, so that the claim is to be given back.
    init(
        _ held: HeldDelivery,
        store: any Store,
        lastBeat: LastBeat,
        logger: Logger,
        isStopping: @escaping @Sendable () -> Bool
    ) {
        self.held = held
        self.store = store
        self.lastBeat = lastBeat
        self.logger = logger
        self.isStopping = isStopping
        state = Mutex(State(since: held.since))
    }

    /// Whether a peer has taken over.
    var isLost: Bool { state.withLock { $0.isLost } }

    /// For the courier.
    var fence: SendFence { SendFence(isKnownOpen: isKnownOpen, ask: ask) }

    @Sendable private func isKnownOpen() -> Bool {
        let since = state.withLock { $0.since }
        let now = ContinuousClock.now
        return since.duration(to: now) < Self.trustedFor && lastBeat.wasFresh(from: since, to: now)
    }

    /// Asks the store until it answers: whether the claim stands, and this process goes on.
    @Sendable private func ask() async -> Bool {
        var pause = Self.shortestPause
        while !isStopping(), !Task.isCancelled {
            // Counted from before the question: the answer is at least that young.
            let began = ContinuousClock.now
            do {
                guard try await store.holds(held.claimed.claim) else {
                    logger.notice("a delivery was taken over", metadata: ["delivery": "\(held.delivery.id)"])
                    state.withLock { $0.isLost = true }
                    return false
                }
                state.withLock { $0.since = began }
                return !isStopping() && !Task.isCancelled
            } catch {
                let level = pause == Self.shortestPause ? Logger.Level.error : .debug
                logger.log(level: level, "could not check a claim", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: pause)
                pause = min(pause * 2, Self.longestPause)
            }
        }
        return false
    }
}
