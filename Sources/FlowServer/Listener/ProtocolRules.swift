import FlowWeb
import NIOCore
import NIOHTTP1

/// Rules of HTTP/1 that neither NIO nor Hummingbird keeps (RFC 9112), on both ports.
///
/// Behind it, each request:
///
/// - has as its only `Host` the authority that it is for: an absolute target's, else the field's. It has none where the
///   field is missing, there twice or malformed (section 3.2), and an empty one where HTTP/1.0 came without;
/// - names a path, also where the target is absolute (section 3.2.2);
/// - says `Connection: close`, in these very words, where the connection ends with its answer: HTTP/1.0 has to ask for
///   another (section 9.3).
final class ProtocolRules: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private enum Ending {
        case closes
        /// HTTP/1.1 stays open without a word.
        case stays
        /// HTTP/1.0 stays open because it asked for that.
        case staysAsAsked
    }

    /// For each request whose answer is to come.
    private var endings = CircularBuffer<Ending>(initialCapacity: 1)
    private var isMalformed = false
    private let onMalformed: @Sendable () -> Void

    /// - Parameter onMalformed: called for what is no HTTP, and for headers over a limit: answered 400 elsewhere.
    init(onMalformed: @escaping @Sendable () -> Void) {
        self.onMalformed = onMalformed
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
        let ending = Self.ending(of: head)
        endings.append(ending)
        if ending == .closes { head.headers.replaceOrAdd(name: "connection", value: "close") }
        Self.settleTarget(of: &head)
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .head(var head) = unwrapOutboundIn(data), head.status.code >= 200, let ending = endings.popFirst()
        else { return context.write(data, promise: promise) }
        switch ending {
        case .stays: return context.write(data, promise: promise)
        case .closes: head.headers.replaceOrAdd(name: "connection", value: "close")
        case .staysAsAsked where !head.headers.contains(name: "connection"):
            head.headers.add(name: "connection", value: "keep-alive")
        case .staysAsAsked: break
        }
        context.write(wrapOutboundOut(.head(head)), promise: promise)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A connection may end within a request, also one that was refused.
        if let error = error as? HTTPParserError, error != .invalidEOFState, !isMalformed {
            isMalformed = true
            onMalformed()
        }
        context.fireErrorCaught(error)
    }

    private static func ending(of head: HTTPRequestHead) -> Ending {
        let options = head.headers[canonicalForm: "connection"].map { $0.lowercased() }
        if options.contains("close") { return .closes }
        if !head.isOld { return .stays }
        return options.contains("keep-alive") ? .staysAsAsked : .closes
    }

    /// Leaves a path for a target, and at most one `Host`.
    private static func settleTarget(of head: inout HTTPRequestHead) {
        let hosts = head.headers["host"]
        var authority = hosts.isEmpty && head.isOld ? "" : hosts.first
        if hosts.count > 1 || hosts.first.map({ Authority($0) == nil }) == true { authority = nil }
        if let target = AbsoluteTarget(head.uri) {
            head.uri = target.path
            if authority != nil { authority = Authority(target.authority) == nil ? nil : target.authority }
        }
        guard hosts != [authority] else { return }
        head.headers.remove(name: "host")
        if let authority { head.headers.add(name: "host", value: authority) }
    }
}

extension HTTPRequestHead {
    /// Whether it is HTTP/1.0, or older.
    var isOld: Bool { version.major < 1 || version == .http1_0 }
}

/// A target with scheme and host in it, as clients of proxies send it.
private struct AbsoluteTarget {
    var authority: String
    /// With the query.
    var path: String

    /// - Returns: nil for any other target.
    init?(_ target: String) {
        guard target.utf8.first != UInt8(ascii: "/"),
            let scheme = ["http://", "https://"].first(where: { target.lowercased().hasPrefix($0) })
        else { return nil }
        let rest = target.dropFirst(scheme.count)
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        authority = String(rest[..<end])
        path = rest[end...].first == "/" ? String(rest[end...]) : "/" + rest[end...]
    }
}
