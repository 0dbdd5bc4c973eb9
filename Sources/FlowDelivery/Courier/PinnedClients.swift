import AsyncHTTPClient
import NIOCore
import NIOSSL
import Synchronization

/// HTTP clients that each connect a host to one address that was checked, whatever its name resolves to by then.
///
/// A client is pinned as a whole (`dnsOverride`), so there is one for each host and address, kept while it is used and
/// a while longer. One that is let go without being shut down traps in a debug build, so whoever is done with these
/// calls ``shutDown()``.
final class PinnedClients: Sendable {
    struct Key: Hashable, Sendable {
        let host: HostName
        let address: IPAddress
    }

    private struct Entry {
        let client: HTTPClient
        var users = 0
        var usedAt: ContinuousClock.Instant
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var isShutDown = false
    }

    /// Clients kept beyond those that are in use.
    private let capacity: Int
    private let idleFor: Duration
    private let group: any EventLoopGroup
    private let trustRoots: TrustRoots
    private let state = Mutex(State())

    init(
        group: any EventLoopGroup,
        trustRoots: TrustRoots = .system,
        capacity: Int = 512,
        idleFor: Duration = .seconds(60)
    ) {
        self.group = group
        self.trustRoots = trustRoots
        self.capacity = capacity
        self.idleFor = idleFor
    }

    var count: Int { state.withLock { $0.entries.count } }

    /// Runs `body` with the client of a host and an address; throws ``SendFailure/stopping`` after ``shutDown()``.
    func withClient<Answer: Sendable>(
        for key: Key,
        _ body: (HTTPClient) async throws -> Answer
    ) async throws -> Answer {
        let client = try take(key)
        defer { giveBack(key) }
        return try await body(client)
    }

    /// Shuts down what nobody used for a while.
    func removeIdle(at now: ContinuousClock.Instant = .now) {
        let gone = state.withLock { state in
            let idle = state.entries.filter { $0.value.users == 0 && $0.value.usedAt.duration(to: now) >= idleFor }
            for key in idle.keys { state.entries[key] = nil }
            return idle.values.map(\.client)
        }
        gone.forEach(Self.letGo)
    }

    /// Closes all connections, those in use too, and makes no more.
    func shutDown() async {
        let clients = state.withLock { state in
            defer { state.entries = [:] }
            state.isShutDown = true
            return state.entries.values.map(\.client)
        }
        for client in clients { try? await client.shutdown() }
    }

    private func take(_ key: Key) throws -> HTTPClient {
        let (client, gone) = try state.withLock { state -> (HTTPClient, HTTPClient?) in
            guard !state.isShutDown else { throw SendFailure.stopping }
            if let client = state.entries[key]?.client {
                state.entries[key]?.users += 1
                return (client, nil)
            }
            var gone: HTTPClient?
            if state.entries.count >= capacity {
                let idle = state.entries.filter { $0.value.users == 0 }
                if let oldest = idle.min(by: { $0.value.usedAt < $1.value.usedAt }) {
                    gone = state.entries.removeValue(forKey: oldest.key)?.client
                }
            }
            let client = HTTPClient(eventLoopGroup: group, configuration: configuration(for: key))
            state.entries[key] = Entry(client: client, users: 1, usedAt: .now)
            return (client, gone)
        }
        gone.map(Self.letGo)
        return client
    }

    private func giveBack(_ key: Key) {
        state.withLock { state in
            state.entries[key]?.users -= 1
            state.entries[key]?.usedAt = .now
        }
    }

    /// The client lives on until its connections are closed.
    private static func letGo(_ client: HTTPClient) {
        client.shutdown { _ in }
    }

    private func configuration(for key: Key) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        configuration.tlsConfiguration = trustRoots.configuration
        // The certificate is still asked for, and verified, for the host's name.
        configuration.dnsOverride = [key.host.text: key.address.description]
        configuration.redirectConfiguration = .disallow
        configuration.httpVersion = .http1Only
        configuration.decompression = .disabled
        configuration.timeout.connect = .seconds(Int64(HTTPCourier.connectSeconds))
        // Under the 5 s after which Node.js, Apache and uvicorn close an idle connection: a request must not cross that.
        configuration.connectionPool.idleTimeout = .seconds(4)
        // Never the bound that matters: a request on the call path must not queue behind reports that hang.
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 1_024
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.http1_1ConnectionDebugInitializer = { channel in
            let checked = Self.check(channel, for: key)
            checked.whenFailure { _ in channel.close(promise: nil) }
            return checked
        }
        return configuration
    }

    /// The second line of defence: who was connected to is who was meant, or nothing is written to it.
    private static func check(_ channel: any Channel, for key: Key) -> EventLoopFuture<Void> {
        guard channel.remoteAddress?.ipAddress.flatMap({ IPAddress($0) }) == key.address else {
            return channel.eventLoop.makeFailedFuture(SendFailure.strayed)
        }
        return channel.nioSSL_peerCertificate().flatMapThrowing { certificate in
            guard certificate.map(key.host.isNamed(by:)) ?? false else { throw SendFailure.misnamed }
        }.flatMapErrorThrowing { error in
            // A connection without TLS.
            guard error as? ChannelPipelineError == .notFound else { throw error }
        }
    }
}
