package import FlowCore
package import FlowHost
package import FlowStore
package import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceLifecycle

/// Carries requests over HTTP/1.1 to addresses that the egress policy allows.
///
/// A host is looked up, its addresses are judged, and connections are made to, and kept with, those that passed:
/// neither a name that resolves otherwise a moment later nor a redirect leads elsewhere. Redirects are answers. The
/// limit covers everything from the lookup to the last byte of the answer.
///
/// Long-lived: run it as a service, or call ``shutDown()`` when done.
package struct HTTPCourier: Courier {
    /// Seconds for a connection to one address and its TLS handshake.
    static let connectSeconds = 2
    /// Bytes of `Content-Type` that are kept.
    static let contentTypeBytes = 256

    private let policy: EgressPolicy
    private let secrets: SecretSource
    private let signer: StandardWebhooks?
    private let userAgent: String
    private let group: any EventLoopGroup
    private let resolver: Resolver
    private let system: SystemResolver?
    private let setup: AppConnection.Setup
    private let pool = ConnectionPool()
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
        self.group = group
        let context = TLSContext(trustRoots)
        setup = AppConnection.Setup(tls: context.get, limit: .seconds(Self.connectSeconds), now: now)
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
        let answer = IncomingAnswer()
        do {
            let body = try await carry(request, id, limit, answer, fence: nil)
            return reply(to: answer, body: body)
        } catch {
            return CourierReply(RequestResult(error: words(for: error, answer)))
        }
    }

    package func deliver(
        _ request: OutboundRequest,
        id: DeliveryID,
        limit: Duration,
        fence: SendFence
    ) async -> CourierReply? {
        // Before the limit begins: that the store is slow to say so is not the app server's fault.
        guard await fence.isOpen() else { return nil }
        let answer = IncomingAnswer()
        do {
            let body = try await carry(request, id, limit, answer, fence: fence)
            return reply(to: answer, body: body)
        } catch SendFailure.notOurs {
            return nil
        } catch {
            let words = words(for: error, answer)
            guard answer.head != nil else { return CourierReply(RequestResult(error: words)) }
            return reply(
                to: answer,
                body: [],
                remark: AnswerRemark(.bodyLost, "the body of the answer is lost: \(words)")
            )
        }
    }

    /// Closes all connections; what is under way ends without an answer, and nothing is sent any more.
    package func shutDown() async {
        await pool.shutDown()
        await system?.shutDown()
    }

    // MARK: The answer

    private func reply(to answer: IncomingAnswer, body: [UInt8], remark: AnswerRemark? = nil) -> CourierReply {
        let headers = answer.head?.headers ?? [:]
        let type = headers.first(name: "Content-Type") ?? ""
        let result = RequestResult(
            statusCode: answer.head.map { Int($0.status.code) } ?? 0,
            contentType: type.utf8.count <= Self.contentTypeBytes ? type : "",
            body: body,
            remark: remark
        )
        let retryAfter = headers.first(name: "Retry-After")
        return CourierReply(result, retryAfter: retryAfter.flatMap { RetryAfter.seconds($0, now: now()) })
    }

    private func words(for error: any Error, _ answer: IncomingAnswer) -> String {
        if answer.head != nil {
            if case SendFailure.timedOut(let limit) = error { return SendFailure.timedOutInBody(limit).description }
            if SendFailure.isClosing(error) { return SendFailure.bodyCutOff.description }
        }
        return SendFailure.words(for: error)
    }

    // MARK: The way

    /// Sends a request once; throws where the whole answer, head and body, does not come in time.
    ///
    /// - Returns: the body, unpacked.
    private func carry(
        _ request: OutboundRequest,
        _ id: DeliveryID,
        _ limit: Duration,
        _ answer: IncomingAnswer,
        fence: SendFence?
    ) async throws -> [UInt8] {
        let message = try OutgoingMessage(
            request,
            id: id,
            at: now(),
            secrets: secrets,
            signer: signer,
            userAgent: userAgent
        )
        try await withDeadline(limit) {
            do {
                try await exchange(message, answer, fence)
            } catch {
                // Whoever closes connections is not the app server.
                try Task.checkCancellation()
                if pool.isShutDown { throw SendFailure.stopping }
                throw error
            }
        }
        let codings = answer.head?.headers["Content-Encoding"] ?? []
        do {
            return try ContentCoding.decode(answer.body, codings, limit: RunLimits.responseBytes)
        } catch {
            throw SendFailure.packed(error)
        }
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

    /// Sends over a connection that was kept, or over a new one.
    private func exchange(_ message: OutgoingMessage, _ answer: IncomingAnswer, _ fence: SendFence?) async throws {
        let addresses = try await addresses(of: message.origin.host)
        var mayUseKept = true
        while true {
            let kept = mayUseKept ? pool.take(message.origin, to: addresses) : nil
            let connection: AppConnection
            if let kept { connection = kept } else { connection = try await connect(to: addresses, of: message.origin) }
            do {
                let isGood = try await connection.exchange(message, answer) { fence?.isKnownOpen() ?? true }
                if isGood { pool.keep(connection, of: message.origin) }
                return
            } catch SendFailure.held {
                pool.keep(connection, of: message.origin)
                guard await fence?.ask() ?? true else { throw SendFailure.notOurs }
            } catch let error where kept != nil && SendFailure.isClosing(error) && !answer.hasBegun {
                // The server closed it while the request was on its way (RFC 9112, section 9.3.1). `webhook-id` makes
                // it safe to send the request once more.
                try Task.checkCancellation()
                mayUseKept = false
            }
        }
    }

    private func connect(to addresses: [IPAddress], of origin: Origin) async throws -> AppConnection {
        let race = ConnectRace(addresses, order, on: group.any()) { [group, setup] address, reached in
            AppConnection.open(to: address, of: origin, setup, on: group.any(), reached: reached)
        } close: {
            $0.close()
        }
        let connection = try await race.run()
        try pool.add(connection)
        return connection
    }
}

extension HTTPCourier: Service {
    /// Lets idle connections go, and closes all when the process shuts down: after everything that sends through it.
    package func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                try await Task.sleep(for: .seconds(2))
                pool.removeIdle()
            }
        }
        await shutDown()
    }
}
