import FlowDelivery
package import FlowHost
import FlowStore
import Logging
package import ServiceLifecycle
package import UnixSignals

/// Everything that `flowd serve` runs, put together and not yet begun.
package struct FlowApplication: Sendable {
    package let host: Host
    package let metrics: FlowMetrics
    /// In the order in which they begin; they end the other way round.
    package let services: [any Service]
    let heartbeat: Heartbeat
    let store: any Store
    let limit: Duration
    let logger: Logger

    /// Runs until one of `signals` comes, or until something cannot go on, and closes the store.
    ///
    /// Told to stop, the listeners take nothing new and answer what they have, deliveries under way end, and what is left
    /// is given back for others.
    ///
    /// - Throws: ``ListenFailure`` for a port that cannot be listened on, and what the store throws at the beginning.
    package func run(signals: [UnixSignal] = [.sigterm, .sigint]) async throws {
        do {
            try await heartbeat.begin()
            var configuration = ServiceGroupConfiguration(
                services: services.map { .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup) },
                gracefulShutdownSignals: signals,
                logger: quietLogger
            )
            configuration.maximumGracefulShutdownDuration = limit
            configuration.maximumCancellationDuration = .seconds(2)
            try await ServiceGroup(configuration: configuration).run()
        } catch {
            try? await store.close()
            throw error
        }
        try await store.close()
        logger.notice("flowd has stopped")
    }

    private var quietLogger: Logger {
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .error)
        return quiet
    }
}
