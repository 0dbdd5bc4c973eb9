import NIOCore
import NIOHTTP1

/// Closes connections that hold their place without moving, and those that an answer says are to be closed.
///
/// A connection has a time for its first request, for each body, for an answer that the client does not read, and for
/// the next request. This also answers `Expect: 100-continue`.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// Bytes, far below the 64 KiB at which a channel asks its writer to wait.
    private static let small = 4 * 1_024

    private let limits: ListenerLimits
    private var readDeadline: Scheduled<Void>?
    private var stallCheck: Scheduled<Void>?
    private var idleCheck: Scheduled<Void>?
    private var isWithinRequest = false
    private var requests = 0
    private var answers = 0
    private var unwritten = 0
    private var lastProgress = NIODeadline.now()
    private var closesAfterAnswer = false

    init(_ limits: ListenerLimits) {
        self.limits = limits
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { expectRequest(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        expectRequest(context)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            requests += 1
            isWithinRequest = true
            forgetDeadline()
            invite(head, context)
        case .body:
            break
        case .end:
            isWithinRequest = false
            forgetDeadline()
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // Nearly all requests come in one piece and need no clock.
        if isWithinRequest, readDeadline == nil { expectEnd(of: requests, context) }
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        var isEnd = false
        switch unwrapOutboundIn(data) {
        case .head(let head):
            closesAfterAnswer = head.headers.first(name: "connection")?.lowercased() == "close"
            return context.write(data, promise: promise)
        case .body(let body):
            // What is small goes out with the end, which is watched: only what fills the buffers keeps the end waiting.
            guard body.readableBytes > Self.small else { return context.write(data, promise: promise) }
        case .end:
            isEnd = true
            answers += 1
        }
        if unwritten == 0 { lastProgress = .now() }
        unwritten += 1
        if stallCheck == nil { checkForStall(context, in: limits.writeStall) }
        if isEnd, idleCheck == nil { checkForIdleness(context, in: limits.keepAlive) }
        let closes = isEnd && closesAfterAnswer
        let promise = promise ?? context.eventLoop.makePromise()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        promise.futureResult.whenComplete { _ in
            let (this, context) = bound.value
            this.unwritten -= 1
            this.lastProgress = .now()
            if closes { this.close(context) }
        }
        context.write(data, promise: promise)
    }

    func handlerRemoved(context: ChannelHandlerContext) { cancel() }

    func channelInactive(context: ChannelHandlerContext) {
        cancel()
        context.fireChannelInactive()
    }

    // MARK: Reading

    private func expectRequest(_ context: ChannelHandlerContext) {
        guard requests == 0, readDeadline == nil else { return }
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        readDeadline = context.eventLoop.scheduleTask(in: limits.firstRequest) { bound.value.close(promise: nil) }
    }

    private func expectEnd(of request: Int, _ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        readDeadline = context.eventLoop.scheduleTask(in: limits.request) {
            let (this, context) = bound.value
            // While an earlier request is being answered nothing is read, and that is not the client's doing.
            if this.answers < request - 1 {
                this.expectEnd(of: request, context)
            } else {
                context.close(promise: nil)
            }
        }
    }

    /// Says that the body may come, unless it is going to be refused, or an earlier request is being answered.
    private func invite(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        // Said to an old proxy, it would go to a client that does not know it (RFC 9110, section 10.1.1).
        guard head.headers.first(name: "expect")?.lowercased() == "100-continue", !head.isOld,
            answers == requests - 1,
            head.headers.first(name: "content-length").flatMap({ Int($0) }) ?? 0 <= limits.body
        else { return }
        let invitation = HTTPResponseHead(version: .http1_1, status: .continue)
        context.writeAndFlush(wrapOutboundOut(.head(invitation)), promise: nil)
    }

    // MARK: Waiting for the next request

    private func checkForIdleness(_ context: ChannelHandlerContext, in time: TimeAmount) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        idleCheck = context.eventLoop.scheduleTask(in: time) {
            let (this, context) = bound.value
            this.idleCheck = nil
            // What is under way has clocks of its own, and its answer starts this one again.
            guard this.answers == this.requests else { return }
            let due = this.lastProgress + this.limits.keepAlive
            if .now() >= due {
                context.close(promise: nil)
            } else {
                this.checkForIdleness(context, in: due - .now())
            }
        }
    }

    // MARK: Writing

    private func checkForStall(_ context: ChannelHandlerContext, in time: TimeAmount) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        stallCheck = context.eventLoop.scheduleTask(in: time) {
            let (this, context) = bound.value
            this.stallCheck = nil
            guard this.unwritten > 0 else { return }
            let due = this.lastProgress + this.limits.writeStall
            if .now() >= due {
                context.close(promise: nil)
            } else {
                this.checkForStall(context, in: due - .now())
            }
        }
    }

    /// Ends the answer, and gives the client a moment to read it: closing at once, while it still sends, would make its
    /// side forget the answer (RFC 9112, section 9.6).
    private func close(_ context: ChannelHandlerContext) {
        context.close(mode: .output, promise: nil)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: limits.linger) { bound.value.close(promise: nil) }
    }

    private func forgetDeadline() {
        readDeadline?.cancel()
        readDeadline = nil
    }

    private func cancel() {
        forgetDeadline()
        stallCheck?.cancel()
        idleCheck?.cancel()
    }
}
