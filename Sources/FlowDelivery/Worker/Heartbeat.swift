package import FlowCore
package import FlowStore
import Glibc
package import Logging
import ServiceLifecycle

/// Tells the store that this process lives, and buries peers that do not, which frees what they held.
///
/// It starts before everything that claims, and ends after it: on its way out it buries its own process, so that what
/// is left is taken up at once.
package struct Heartbeat: Service {
    private static let beatEvery = Duration.seconds(3)
    private static let lookEvery = Duration.seconds(1)

    private let store: any Store
    private let worker: WorkerID
    private let lastBeat: LastBeat
    private let logger: Logger
    private let now: @Sendable () -> Timestamp

    package init(
        store: any Store,
        worker: WorkerID,
        lastBeat: LastBeat,
        logger: Logger,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.store = store
        self.worker = worker
        self.lastBeat = lastBeat
        self.logger = logger
        self.now = now
    }

    /// The first beat, to be written before anything is claimed; throws where the store cannot be written.
    package func begin() async throws {
        let began = ContinuousClock.now
        try await store.beat(worker, at: now())
        lastBeat.beat(at: began)
    }

    package func run() async throws {
        try? await cancelWhenGracefulShutdown {
            var watch = PeerWatch()
            var beatDue = ContinuousClock.now
            var isFailing = false
            while true {
                do {
                    if .now >= beatDue {
                        try await begin()
                        beatDue = .now + Self.beatEvery
                    }
                    try await look(with: &watch)
                    if isFailing { logger.notice("the store takes heartbeats again") }
                    isFailing = false
                } catch {
                    // A missed beat is tried again after a second; said once, not every second.
                    if !isFailing, !Task.isCancelled {
                        logger.error("could not keep up the heartbeat", metadata: ["error": "\(error)"])
                    }
                    isFailing = true
                }
                try await Task.sleep(for: Self.lookEvery)
            }
        }
        do {
            try await store.bury(worker)
        } catch {
            logger.warning("could not sign off from the store", metadata: ["error": "\(error)"])
        }
    }

    private func look(with watch: inout PeerWatch) async throws {
        let beats = try await store.beats()
        let gone = watch.gone(beats, at: .now) + beats.keys.filter { worker.knowsGone($0, isRunning: Self.isRunning) }
        for peer in Set(gone) where peer != worker {
            try await store.bury(peer)
            logger.notice("took over from a process that is gone", metadata: ["worker": "\(peer.value)"])
        }
    }

    /// Whether a process has that number on this machine; one that is not ours to signal has, too (kill(2)).
    private static func isRunning(_ process: Int32) -> Bool { kill(process, 0) == 0 || errno != ESRCH }
}
