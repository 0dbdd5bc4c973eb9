package import FlowCore
package import FlowStore
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
    private let pulse: Pulse
    private let logger: Logger
    private let now: @Sendable () -> Timestamp

    package init(
        store: any Store,
        worker: WorkerID,
        pulse: Pulse,
        logger: Logger,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.store = store
        self.worker = worker
        self.pulse = pulse
        self.logger = logger
        self.now = now
    }

    /// The first beat, to be written before anything is claimed; throws where the store cannot be written.
    package func begin() async throws {
        let began = ContinuousClock.now
        try await store.beat(worker, at: now())
        pulse.beat(at: began)
    }

    package func run() async throws {
        try? await cancelWhenGracefulShutdown {
            var watch = PeerWatch()
            var beatDue = ContinuousClock.now
            while true {
                if .now >= beatDue {
                    beatDue = .now + Self.beatEvery
                    await beat()
                }
                await look(with: &watch)
                try await Task.sleep(for: Self.lookEvery)
            }
        }
        do {
            try await store.bury(worker)
        } catch {
            logger.warning("could not sign off from the store", metadata: ["error": "\(error)"])
        }
    }

    private func beat() async {
        do {
            try await begin()
        } catch {
            guard !Task.isCancelled else { return }
            logger.error("could not write a heartbeat", metadata: ["error": "\(error)"])
        }
    }

    private func look(with watch: inout PeerWatch) async {
        do {
            for peer in watch.gone(try await store.beats(), at: .now) where peer != worker {
                logger.notice("took over from a process that stood still", metadata: ["worker": "\(peer.value)"])
                try await store.bury(peer)
            }
        } catch {
            guard !Task.isCancelled else { return }
            logger.error("could not watch other processes", metadata: ["error": "\(error)"])
        }
    }
}
