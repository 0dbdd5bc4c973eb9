import FlowCore
import NIOCore
import NIOSSL
import NIOTLS

/// Waits for the end of a TLS handshake, and finds out why one failed.
///
/// Not `Sendable`: it lives on its channel's event loop.
final class HandshakeHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let host: HostName
    private let deadline: NIODeadline
    private let now: @Sendable () -> Timestamp
    private let end: EventLoopPromise<Void>
    private var timer: Scheduled<Void>?
    private var hasEnded = false

    /// - Parameters:
    ///   - host: for whom the certificate has to speak.
    ///   - now: the wall clock, which tells whether a certificate has expired.
    init(host: HostName, until deadline: NIODeadline, on loop: any EventLoop, now: @escaping @Sendable () -> Timestamp)
    {
        self.host = host
        self.deadline = deadline
        self.now = now
        end = loop.makePromise()
    }

    /// Succeeds when the connection is encrypted and the other side is whom it claims to be.
    var ended: EventLoopFuture<Void> { end.futureResult }

    func handlerAdded(context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) {
            self.finish(.failure(SendFailure.noHandshake), context)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        finish(.failure(SendFailure.tls(.closed)), context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted? = event as? TLSUserEvent {
            // NIOSSL has verified the certificate, and that it is the host's or the address's.
            let certificate = try? context.pipeline.syncOperations.nioSSL_peerCertificate()
            let isNamed = certificate.map(host.isNamed(by:)) ?? false
            finish(isNamed ? .success(()) : .failure(SendFailure.misnamed), context)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !hasEnded else { return context.fireErrorCaught(error) }
        let certificate = try? context.pipeline.syncOperations.nioSSL_peerCertificate()
        finish(.failure(TLSFault(error, certificate: certificate, now: now()).map(SendFailure.tls) ?? error), context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        finish(.failure(SendFailure.tls(.closed)), context)
        context.fireChannelInactive()
    }

    private func finish(_ result: Result<Void, any Error>, _ context: ChannelHandlerContext) {
        guard !hasEnded else { return }
        hasEnded = true
        timer?.cancel()
        if case .failure = result { context.close(promise: nil) }
        end.completeWith(result)
    }
}
