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
    }

    private let kept = Mutex(Notes())
    private let certificates: Mutex<[ServerCertificate]>

    /// - Parameter certificates: one for each connection, the last for all that follow.
    init(_ certificates: ServerCertificate...) {
        self.certificates = Mutex(certificates)
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
}
