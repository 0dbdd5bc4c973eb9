import AsyncHTTPClient
package import FlowCore
package import FlowHost
package import FlowStore
package import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceLifecycle

/// Carries requests over HTTP/1.1 to addresses that the egress policy allows.
///
/// A host is looked up, its addresses are judged, and the connection is made to one that passed: neither a name that
/// resolves otherwise a moment later nor a redirect leads elsewhere. Redirects are answers. The limit covers everything
/// from the lookup to the last byte of the answer.
///
/// Long-lived: run it as a service, or call ``shutDown()`` when done.
package struct HTTPCourier: Courier {
    /// Seconds for a connection and its TLS handshake.
    static let connectSeconds = 5
    /// Bytes of `Content-Type` that are kept.
    static let contentTypeBytes = 256

    private let policy: EgressPolicy
    private let secrets: SecretSource
    private let signer: StandardWebhooks?
    private let userAgent: String
    private let resolver: Resolver
    private let system: SystemResolver?
    private let clients: PinnedClients
    private let order = AddressOrder()
    private let now: @Sendable () -> Timestamp

    /// - Parameters:
    ///   - signer: signs each attempt, where there are secrets to sign with.
    ///   - version: flowd's, for `User-Agent`.
    ///   - trustRoots: whose word counts for a server's certificate.
    ///   - resolver: finds the addresses of a host; nil for the system's.
    ///   - now: the wall clock.
    package init(
        policy: EgressPolicy,
        secrets: SecretSource,
        signer: StandardWebhooks?,
        version: String,
        trustRoots: TrustRoots = .system,
        group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
        resolver: Resolver? = nil,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.policy = policy
        self.secrets = secrets
        self.signer = signer
        userAgent = "flowd/\(version)"
        clients = PinnedClients(group: group, trustRoots: trustRoots)
        self.now = now
        if let resolver {
            self.resolver = resolver
            system = nil
        } else {
            let system = SystemResolver()
            self.resolver = Resolver(system.addresses)
            self.system = system
        }
    }

    package func send(_ request: OutboundRequest, id: DeliveryID, limit: Duration) async -> CourierReply {
        do {
            let message = try OutgoingMessage(
                request,
                id: id,
                at: now(),
                secrets: secrets,
                signer: signer,
                userAgent: userAgent
            )
            return try await withDeadline(limit) { try await exchange(message) }
        } catch {
            return CourierReply(RequestResult(error: SendFailure.words(for: error)))
        }
    }

    /// Closes all connections; what is under way ends without an answer, and nothing is sent any more.
    package func shutDown() async {
        await clients.shutDown()
        await system?.shutDown()
    }

    /// The addresses of a host that may be called; throws where there is none.
    private func addresses(of host: HostName) async throws -> [IPAddress] {
        let found = try await resolver.addresses(host.text)
        guard let first = found.first else { throw SendFailure.noSuchHost(host.text) }
        let allowed = found.filter { policy.refusal(of: $0) == nil }
        if allowed.isEmpty, let reason = policy.refusal(of: first) {
            throw SendFailure.refused(first, host: host.text, reason: reason)
        }
        return allowed
    }

    /// Sends to the first address that takes a connection.
    private func exchange(_ message: OutgoingMessage) async throws -> CourierReply {
        let host = message.origin.host
        var failure: any Error = SendFailure.noSuchHost(host.text)
        for address in order.sorted(try await addresses(of: host)) {
            do {
                return try await exchange(message, PinnedClients.Key(host: host, address: address))
            } catch let error where SendFailure.isBeforeSending(error) {
                order.failed(address)
                failure = error
            }
        }
        throw failure
    }

    private func exchange(_ message: OutgoingMessage, _ key: PinnedClients.Key) async throws -> CourierReply {
        try await clients.withClient(for: key) { client in
            var request = HTTPClientRequest(url: message.url)
            request.method = message.method
            request.headers = message.headers
            if message.body.readableBytes > 0 { request.body = .bytes(message.body) }
            // The caller's deadline is the one that counts; the client wants one of its own.
            let response = try await client.execute(request, deadline: .now() + .hours(1))
            let result = RequestResult(
                statusCode: Int(response.status.code),
                contentType: Self.contentType(response.headers),
                body: try await Self.body(response)
            )
            let retryAfter = response.headers.first(name: "Retry-After")
            return CourierReply(result, retryAfter: retryAfter.flatMap { RetryAfter.seconds($0, now: now()) })
        }
    }

    /// Reads as much of the answer as is kept.
    ///
    /// Leaving the loop early closes the connection: nothing more is read.
    private static func body(_ response: HTTPClientResponse) async throws -> [UInt8] {
        var body: [UInt8] = []
        do {
            for try await part in response.body {
                body += part.readableBytesView.prefix(RunLimits.responseBytes - body.count)
                if body.count == RunLimits.responseBytes { break }
            }
        } catch let error where SendFailure.isClosing(error) {
            throw SendFailure.bodyCutOff
        }
        return body
    }

    private static func contentType(_ headers: HTTPHeaders) -> String {
        let text = headers.first(name: "Content-Type") ?? ""
        return text.utf8.count <= contentTypeBytes ? text : ""
    }
}

extension HTTPCourier: Service {
    /// Lets idle clients go, and closes all when the process shuts down: after everything that sends through it.
    package func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                try await Task.sleep(for: .seconds(15))
                clients.removeIdle()
            }
        }
        await shutDown()
    }
}
