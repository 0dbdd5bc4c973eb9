import NIOCore
import NIOHTTP1

/// The end of a connection's pipeline: it writes one request at a time and takes in its answer.
///
/// Not `Sendable`: it lives on its channel's event loop.
final class ExchangeHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private struct Exchange {
        var answer: IncomingAnswer
        /// Ends with whether the connection can take another request.
        var end: EventLoopPromise<Bool>
        var isWritten = false
        var keepsConnection = false
    }

    private var context: ChannelHandlerContext?
    private var exchange: Exchange?

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        fail(ChannelError.ioOnClosedChannel)
    }

    /// Writes a whole request, in one piece, if `mayBegin` says so at this moment; else ends with ``SendFailure/held``.
    ///
    /// It is asked before anything is written, and once more when all is encoded and the next step is the socket's:
    /// a process that is stopped anywhere before that sends nothing when it wakes. A connection that has swallowed a
    /// request by then is closed.
    func write(
        _ message: OutgoingMessage,
        into answer: IncomingAnswer,
        if mayBegin: () -> Bool,
        end: EventLoopPromise<Bool>
    ) {
        guard let context, context.channel.isActive, exchange == nil else {
            return end.fail(ChannelError.ioOnClosedChannel)
        }
        guard mayBegin() else { return end.fail(SendFailure.held) }
        exchange = Exchange(answer: answer, end: end)
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { result in
            switch result {
            case .success: self.exchange?.isWritten = true
            case .failure(let error): self.fail(error)
            }
        }
        context.write(Self.wrapOutboundOut(.head(message.head)), promise: nil)
        if message.body.readableBytes > 0 {
            context.write(Self.wrapOutboundOut(.body(.byteBuffer(message.body))), promise: nil)
        }
        context.write(Self.wrapOutboundOut(.end(nil)), promise: written)
        guard mayBegin() else { return fail(SendFailure.held) }
        context.flush()
    }

    /// Notes that bytes came, before they make a head.
    func noteBytes() {
        exchange?.answer.begin()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let answer = exchange?.answer else { return context.close(promise: nil) }
        switch Self.unwrapInboundIn(data) {
        case .head(let head):
            answer.take(head)
            exchange?.keepsConnection = head.isKeepAlive
            // What follows is no HTTP any more.
            if head.status == .switchingProtocols { finish(keeping: false) }
        case .body(let part):
            do {
                try answer.take(part)
            } catch {
                fail(error)
            }
        case .end:
            finish(keeping: exchange.map { $0.keepsConnection && $0.isWritten } ?? false)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // TLS was closed without a word: an end like any other for an answer that is whole. Where one is not, the end
        // of the connection, which follows, finds that out.
        guard !SendFailure.isUncleanEnd(error) else { return }
        fail(error)
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(ChannelError.ioOnClosedChannel)
        context.fireChannelInactive()
    }

    private func finish(keeping isKept: Bool) {
        guard let exchange else { return }
        self.exchange = nil
        if !isKept { context?.close(promise: nil) }
        exchange.end.succeed(isKept)
    }

    private func fail(_ error: any Error) {
        let exchange = exchange
        self.exchange = nil
        context?.close(promise: nil)
        exchange?.end.fail(error)
    }
}

/// Sees the first byte of an answer, before it is HTTP.
final class FirstByteWatch: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let exchange: ExchangeHandler

    init(_ exchange: ExchangeHandler) {
        self.exchange = exchange
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        exchange.noteBytes()
        context.fireChannelRead(data)
    }
}
