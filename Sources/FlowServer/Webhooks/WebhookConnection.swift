import FlowCore
import NIOCore
import NIOExtras
import NIOHTTP1
import Plivo

/// Hands a connection's requests to the gate, one after the other, and writes the answers.
final class WebhookConnection: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private enum State {
        case waiting, reading, answering
        /// The last answer is given: nothing more is read.
        case done
    }

    private let gate: WebhookGate
    private var state = State.waiting
    private var request: WebhookRequest?
    private var body: ByteBuffer?
    /// The client wants the connection closed behind the answer.
    private var asksToClose = false
    /// Pipelined requests: what came while another is answered.
    private var backlog = CircularBuffer<HTTPServerRequestPart>(initialCapacity: 4)
    private var isReadHeld = false
    /// No request comes behind those that are here: the client said so, or flowd is told to stop.
    private var isEnding = false
    /// What comes behind the requests that are here is no HTTP.
    private var isBroken = false
    private let now: @Sendable () -> Timestamp
    private var date = HTTPDate()

    init(_ gate: WebhookGate, now: @escaping @Sendable () -> Timestamp) {
        self.gate = gate
        self.now = now
    }

    // MARK: Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if state == .answering { return backlog.append(part) }
        take(part, context)
    }

    func read(context: ChannelHandlerContext) {
        // A client that sends on and on is read no faster than it is answered.
        guard backlog.isEmpty else {
            isReadHeld = true
            return
        }
        context.read()
    }

    private func take(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        switch part {
        case .head(let head) where state == .waiting:
            asksToClose = head.headers.first(name: "connection") == "close"
            var request = WebhookRequest(head)
            let announced = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
            if announced > WebhookRequest.maximumBody { request.body = nil }
            // What is refused whatever its body says is refused before the body comes.
            guard request.host != nil, request.body != nil else { return answer(request, context) }
            self.request = request
            state = .reading
        case .body(var bytes) where state == .reading:
            if body == nil { body = bytes } else { body?.writeBuffer(&bytes) }
            guard var request, let size = body?.readableBytes, size > WebhookRequest.maximumBody else { return }
            request.body = nil
            answer(request, context)
        case .end where state == .reading:
            guard var request else { return }
            if let body { request.body = Array(body.readableBytesView) }
            answer(request, context)
        case .head, .body, .end:
            // What is left of a request that was refused.
            break
        }
    }

    // MARK: Answers

    private func answer(_ request: WebhookRequest, _ context: ChannelHandlerContext) {
        state = .answering
        self.request = nil
        body = nil
        let loop = context.eventLoop
        let bound = NIOLoopBound((self, context), eventLoop: loop)
        // On this thread as far as the store: what goes before needs nobody else.
        Task.immediate { [gate] in
            let answer = await gate.answer(request)
            loop.execute {
                let (this, context) = bound.value
                this.write(answer, withBody: request.method != "HEAD", context)
            }
        }
    }

    private func write(_ answer: WebhookAnswer, withBody: Bool, _ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        let isLast = asksToClose || answer.closesConnection || isEnding && backlog.isEmpty
        var headers = HTTPHeaders([
            ("content-type", answer.contentType), ("content-length", String(answer.body.count)),
        ])
        if let allow = answer.allow { headers.add(name: "allow", value: allow) }
        if isLast { headers.add(name: "connection", value: "close") }
        write(answer.status, headers, body: withBody ? answer.body : [], context)
        state = isLast ? .done : .waiting
        goOn(context)
    }

    private func write(_ status: Int, _ headers: HTTPHeaders, body: [UInt8], _ context: ChannelHandlerContext) {
        var headers = headers
        headers.add(name: "date", value: date.text(at: now()))
        let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: status), headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if !body.isEmpty {
            let buffer = context.channel.allocator.buffer(bytes: body)
            context.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    /// Takes what came during the answer, and ends the connection where nothing more can come.
    private func goOn(_ context: ChannelHandlerContext) {
        while state != .answering, let part = backlog.popFirst() { take(part, context) }
        guard state != .answering else { return }
        if isBroken { return refuse(context) }
        if isEnding, state == .waiting { return context.close(promise: nil) }
        if isReadHeld {
            isReadHeld = false
            context.read()
        }
    }

    // MARK: Ends

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed, is ChannelShouldQuiesceEvent:
            isEnding = true
            if state == .waiting { context.close(promise: nil) }
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A client that goes in the middle of a request is told nothing.
        guard let error = error as? HTTPParserError, error != .invalidEOFState else {
            return context.close(promise: nil)
        }
        isBroken = true
        if state != .answering { refuse(context) }
    }

    private func refuse(_ context: ChannelHandlerContext) {
        guard state != .done else { return }
        state = .done
        write(400, ["connection": "close", "content-length": "0"], body: [], context)
    }
}

extension WebhookRequest {
    /// A request without its body.
    fileprivate init(_ head: HTTPRequestHead) {
        self.init(method: head.method.rawValue, target: head.uri, host: head.headers.first(name: "host"))
        for (name, value) in head.headers {
            switch name.utf8.count {
            case 12 where name.isField("content-type"): Self.add(value, to: &contentType)
            case 20 where name.isField(SignatureHeaders.signatureName): Self.add(value, to: &signature.signature)
            case 20 where name.isField(SignatureHeaders.messageSignatureName):
                Self.add(value, to: &signature.messageSignature)
            case 23 where name.isField(SignatureHeaders.mainAccountSignatureName):
                Self.add(value, to: &signature.mainAccountSignature)
            case 23 where name.isField(SignatureHeaders.mainAccountMessageSignatureName):
                Self.add(value, to: &signature.mainAccountMessageSignature)
            case 26 where name.isField(SignatureHeaders.nonceName): Self.add(value, to: &signature.nonce)
            case 26 where name.isField(SignatureHeaders.messageNonceName):
                Self.add(value, to: &signature.messageNonce)
            default: break
            }
        }
    }

    /// A field that comes in several lines is one value, joined by commas (RFC 9110, section 5.3).
    private static func add(_ line: String, to value: inout String?) {
        value = value.map { $0 + ", " + line } ?? line
    }
}

extension String {
    /// Whether this is the field's name, in any case of ASCII.
    fileprivate func isField(_ name: String) -> Bool {
        utf8.elementsEqual(name.utf8) { $0 == $1 || $0 | 0x20 == $1 | 0x20 }
    }
}
