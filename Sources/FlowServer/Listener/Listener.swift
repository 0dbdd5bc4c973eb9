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

    /// - Parameters:
    ///   - loop: one for all connections of the port: the store's one writer is busy long before it is.
    ///   - onMalformed: called for each request that is no HTTP, and is answered 400.
    ///   - onListening: called with the port, once it takes connections.
    init<Responder: HTTPResponder>(
        _ purpose: Purpose,
        address: ListenerAddress,
        responder: Responder,
        limits: ListenerLimits,
        loop: any EventLoop,
        logger: Logger,
        onMalformed: @escaping @Sendable () -> Void = {},
        onListening: @escaping @Sendable (Purpose, Int) -> Void
    ) where Responder.Context == ListenerContext {
        var quiet = logger
        // The server's own words are not ours, and those at its end tell of nothing that we do not say.
        quiet.logLevel = .critical
        let application = Application(
            responder: responder,
            server: HTTPServerBuilder { responder in
                ListenerChannel(responder: responder, limits: limits, onMalformed: onMalformed)
            },
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port),
                backlog: limits.backlog,
                availableConnectionsDelegate: MaximumAvailableConnections(limits.connections)
            ),
            onServerRunning: { channel in
                onListening(purpose, channel.localAddress?.port ?? address.port)
            },
            eventLoopGroupProvider: .shared(loop),
            logger: quiet
        )
        self.purpose = purpose
        self.address = address
        drain = limits.drain
        serve = { try await application.run() }
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
