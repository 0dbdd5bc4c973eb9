package import FlowCore
package import FlowStore
package import Logging
import ServiceLifecycle

/// Removes from the store what has ended long ago, in small batches, so that no call waits behind it.
package struct Pruner: Service {
    private static let every = Duration.seconds(600)
    private static let batch = 500
    /// Between two batches, for everyone else.
    private static let rest = Duration.milliseconds(20)

    private let store: any Store
    private let keepSeconds: Int
    private let logger: Logger
    private let now: @Sendable () -> Timestamp

    /// - Parameter keepSeconds: how long ended runs and dead deliveries stay.
    package init(store: any Store, keepSeconds: Int, logger: Logger, now: @escaping @Sendable () -> Timestamp) {
        self.store = store
        self.keepSeconds = keepSeconds
        self.logger = logger
        self.now = now
    }

    package func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                await prune()
                try await Task.sleep(for: Self.every)
            }
        }
    }

    /// Removes all that is due.
    package func prune() async {
        do {
            let limit = now() + -keepSeconds
            while try await store.prune(before: limit, batch: Self.batch) > 0 { try await Task.sleep(for: Self.rest) }
        } catch {
            guard !Task.isCancelled else { return }
            logger.error("could not remove what is old", metadata: ["error": "\(error)"])
        }
    }
}
