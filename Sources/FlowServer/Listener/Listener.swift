import FlowCore
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle

/// One HTTP/1.1 port.
///
/// Told to stop, it takes no connection any more, closes those that wait, answers what it has, and gives up what takes
/// longer than ``ListenerLimits/drain``.
package struct Listener: Service {
    package enum Purpose: String, Hashable, Sendable, CaseIterable {
        case webhooks, admin
    }

    package let purpose: Purpose
    private let address: ListenerAddress
    private let drain: Duration
    private let serve: @Sendable () async throws -> Void

    /// The port that Plivo comes to.
    ///
    /// - Parameters:
    ///   - loop: one for all connections of the port: the store's one writer is busy long before it is.
    ///   - onListening: called with the port, once it takes connections.
    init(
        webhooks address: ListenerAddress,
        gate: WebhookGate,
        limits: ListenerLimits,
        loop: any EventLoop,
        logger: Logger,
        now: @escaping @Sendable () -> Timestamp,
        onListening: @escaping @Sendable (Purpose, Int) -> Void
    ) {
        let server = WebhookChannel(gate: gate, limits: limits, now: now)
            .server(
                configuration: ServerConfiguration(
                    address: .hostname(address.host, port: address.port),
                    backlog: limits.backlog,
                    availableConnectionsDelegate: MaximumAvailableConnections(limits.connections)
                ),
                onServerRunning: { onListening(.webhooks, $0.localAddress?.port ?? address.port) },
                eventLoopGroup: loop,
                logger: Self.quiet(logger)
            )
        self.init(.webhooks, address: address, drain: limits.drain) { try await server.run() }
    }

    /// The operator's port; the parameters are those of the webhook port.
    init(
        admin address: ListenerAddress,
        responder: AdminResponder,
        limits: ListenerLimits,
        loop: any EventLoop,
        logger: Logger,
        onListening: @escaping @Sendable (Purpose, Int) -> Void
    ) {
        let application = Application(
            responder: responder,
            server: HTTPServerBuilder { AdminChannel(responder: $0, limits: limits) },
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port),
                backlog: limits.backlog,
                availableConnectionsDelegate: MaximumAvailableConnections(limits.connections)
            ),
            onServerRunning: { onListening(.admin, $0.localAddress?.port ?? address.port) },
            eventLoopGroupProvider: .shared(loop),
            logger: Self.quiet(logger)
        )
        self.init(.admin, address: address, drain: limits.drain) { try await application.run() }
    }

    private init(
        _ purpose: Purpose,
        address: ListenerAddress,
        drain: Duration,
        serve: @escaping @Sendable () async throws -> Void
    ) {
        self.purpose = purpose
        self.address = address
        self.drain = drain
        self.serve = serve
    }

    /// The server's own words are not ours, and those at its end tell of nothing that we do not say.
    private static func quiet(_ logger: Logger) -> Logger {
        var quiet = logger
        quiet.logLevel = .critical
        return quiet
    }

    package func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await serve() }
            group.addTask {
                try await gracefulShutdown()
                try await Task.sleep(for: drain)
            }
            defer { group.cancelAll() }
            do {
                try await group.next()
            } catch let error as IOError {
                throw ListenFailure(address: address, error: error)
            }
        }
    }
}
