import FlowCore
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// A connection to an app server, over TLS where its origin says so, made to one address.
///
/// HTTP/1.1 and one request at a time.
final class AppConnection: Sendable {
    /// What all connections of a courier have in common.
    struct Setup: Sendable {
        /// Makes what TLS needs, the first time that it is asked for.
        var tls: @Sendable () throws -> NIOSSLContext
        /// For a connection and its TLS handshake.
        var limit: Duration
        /// The wall clock.
        var now: @Sendable () -> Timestamp
    }

    let address: IPAddress
    private let channel: any Channel
    private let handler: NIOLoopBound<ExchangeHandler>

    private init(_ address: IPAddress, _ channel: any Channel, _ handler: ExchangeHandler) {
        self.address = address
        self.channel = channel
        self.handler = NIOLoopBound(handler, eventLoop: channel.eventLoop)
    }

    /// Connects to an address, whatever the name of the origin resolves to by now.
    ///
    /// - Parameter reached: called when the other side has taken the connection, before a handshake of TLS.
    static func open(
        to address: IPAddress,
        of origin: Origin,
        _ setup: Setup,
        on loop: any EventLoop,
        reached: @escaping @Sendable () -> Void
    ) -> EventLoopFuture<AppConnection> {
        let limit = TimeAmount(setup.limit)
        let deadline = NIODeadline.now() + limit
        do {
            let tls = origin.scheme == "https" ? try setup.tls() : nil
            let target = try SocketAddress(ipAddress: address.description, port: origin.connectPort)
            return ClientBootstrap(group: loop)
                .connectTimeout(limit)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try prepare(channel, origin.host, tls, until: deadline, now: setup.now)
                    }
                }
                .connect(to: target)
                .flatMap { channel in
                    reached()
                    return ready(channel, address)
                }
        } catch {
            return loop.makeFailedFuture(error)
        }
    }

    private static func prepare(
        _ channel: any Channel,
        _ host: HostName,
        _ tls: NIOSSLContext?,
        until deadline: NIODeadline,
        now: @escaping @Sendable () -> Timestamp
    ) throws {
        let pipeline = channel.pipeline.syncOperations
        if let tls {
            // The certificate is asked for, and verified, for the host's name.
            let name = IPAddress(host.text) == nil ? host.text : nil
            try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: name))
            try pipeline.addHandler(HandshakeHandler(host: host, until: deadline, on: channel.eventLoop, now: now))
        }
        let handler = ExchangeHandler()
        try pipeline.addHandler(FirstByteWatch(handler))
        try pipeline.addHTTPClientHandlers()
        try pipeline.addHandler(handler)
    }

    private static func ready(_ channel: any Channel, _ address: IPAddress) -> EventLoopFuture<AppConnection> {
        let pipeline = channel.pipeline.syncOperations
        guard let handler = try? pipeline.handler(type: ExchangeHandler.self) else {
            return channel.eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel)
        }
        let connection = AppConnection(address, channel, handler)
        guard let handshake = try? pipeline.handler(type: HandshakeHandler.self) else {
            return channel.eventLoop.makeSucceededFuture(connection)
        }
        return handshake.ended.map { connection }
    }

    var isActive: Bool { channel.isActive }
    /// Ends when the connection does.
    var closed: EventLoopFuture<Void> { channel.closeFuture }

    func close() { channel.close(promise: nil) }

    /// Sends a message and takes in its answer, as far as it comes.
    ///
    /// It ends at once, and the connection with it, when its task is cancelled.
    ///
    /// - Parameter mayBegin: asked as the last thing before the first byte; where it says no, ``SendFailure/held`` is
    ///   thrown, and the connection is as it was.
    /// - Returns: whether the connection can take another message.
    func exchange(
        _ message: OutgoingMessage,
        _ answer: IncomingAnswer,
        if mayBegin: @escaping @Sendable () -> Bool
    ) async throws -> Bool {
        let end = channel.eventLoop.makePromise(of: Bool.self)
        channel.eventLoop.execute { [handler] in
            handler.value.write(message, into: answer, if: mayBegin, end: end)
        }
        return try await withTaskCancellationHandler {
            try await end.futureResult.get()
        } onCancel: {
            close()
        }
    }
}
