import NIOCore
import NIOSSL
import Synchronization

/// A server's TLS: it shows certificates, and notes what clients ask for and what they say once they are let in.
final class TLSDoor: Sendable {
    struct Notes: Sendable {
        /// The name that each client asked for (SNI); nil where it named none.
        var names: [String?] = []
        /// What came through, decrypted.
        var bytes: [UInt8] = []
        /// Connections that are over.
        var ended = 0
        /// Alerts that were not let out.
        var swallowed = 0
    }

    private let kept = Mutex(Notes())
    private let certificates: Mutex<[ServerCertificate]>

    private let closesCleanly: Bool

    /// - Parameters:
    ///   - certificates: one for each connection, the last for all that follow.
    ///   - closesCleanly: whether the client is told when a connection ends (close_notify).
    init(_ certificates: ServerCertificate..., closesCleanly: Bool = true) {
        self.certificates = Mutex(certificates)
        self.closesCleanly = closesCleanly
    }

    var notes: Notes { kept.withLock { $0 } }

    /// Puts this in a connection's way.
    @Sendable func guards(_ channel: any Channel) throws {
        let certificate = certificates.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: [try certificate.source],
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(ServerCertificate.key.utf8), format: .pem))
        )
        configuration.sslContextCallback = { [self] client, promise in
            kept.withLock { $0.names.append(client.serverHostname) }
            promise.succeed(.noChanges)
        }
        if !closesCleanly {
            // From version 1.3 on nobody can see which record is an alert.
            configuration.maximumTLSVersion = .tlsv12
            try channel.pipeline.syncOperations.addHandler(AlertSwallower(door: self))
        }
        let handler = NIOSSLServerHandler(context: try NIOSSLContext(configuration: configuration))
        try channel.pipeline.syncOperations.addHandlers([handler, Listener(door: self)])
    }

    /// Hears what TLS lets through.
    private final class Listener: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let door: TLSDoor

        init(door: TLSDoor) {
            self.door = door
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            door.kept.withLock { $0.bytes += Self.unwrapInboundIn(data).readableBytesView }
            context.fireChannelRead(data)
        }

        func channelInactive(context: ChannelHandlerContext) {
            door.kept.withLock { $0.ended += 1 }
            context.fireChannelInactive()
        }
    }

    /// Lets no alert out, close_notify least of all, and ends the connection in its place.
    private final class AlertSwallower: ChannelOutboundHandler {
        typealias OutboundIn = ByteBuffer

        private let door: TLSDoor

        init(door: TLSDoor) {
            self.door = door
        }

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            guard Self.unwrapOutboundIn(data).readableBytesView.first == 21 else {
                return context.write(data, promise: promise)
            }
            door.kept.withLock { $0.swallowed += 1 }
            promise?.succeed()
            context.close(promise: nil)
        }
    }
}
