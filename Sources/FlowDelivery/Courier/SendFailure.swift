import Glibc
import NIOCore
import NIOHTTP1
import NIOSSL

/// Why a request got no answer, in a few words for people: never a secret, a header's value or a body.
enum SendFailure: Error, Hashable {
    case noSuchHost(String)
    case noLookUp(String, reason: String)
    /// The policy's words on the only address, or the first of several.
    case refused(IPAddress, host: String, reason: String)
    case badOrigin(String)
    case badHeaderName(String)
    case missingSecret(String)
    /// The run that had a sensitive value of the request is over, or was never stored.
    case wipedValue
    case noAuthorities
    case noHandshake
    case tls(TLSFault)
    case timedOut(Duration)
    /// The head was there in time, the whole body was not.
    case timedOutInBody(Duration)
    case bodyCutOff
    /// The body has more bytes than an answer may have.
    case tooLarge
    case packed(ContentCoding.Failure)
    /// Nothing was sent, for it has to be asked again whether the report is this process's.
    case held
    /// Nothing was sent, for the report is not this process's any more.
    case notOurs
    case stopping
}

extension SendFailure: CustomStringConvertible {
    static let misnamed = SendFailure.tls(.misnamed)

    var description: String {
        switch self {
        case .noSuchHost(let host): "no such host \"\(host)\""
        case .noLookUp(let host, let reason): "cannot look up \"\(host)\": \(reason)"
        case .refused(let address, let host, let reason):
            address.description == host ? "\(address) \(reason)" : "\(address) (\(host)) \(reason)"
        case .badOrigin(let origin): "\"\(origin)\" is no address to call"
        case .badHeaderName(let name): "\"\(name)\" is no header's name"
        case .missingSecret(let name): "secret \"\(name)\" is not set"
        case .wipedValue: "a sensitive value of the request is not kept any more"
        case .noAuthorities: "TLS failed: the authorities that this machine trusts cannot be read"
        case .noHandshake: "no TLS handshake within \(HTTPCourier.connectSeconds) s"
        case .tls(let fault): fault.description
        case .timedOut(let limit): "timed out after \(Self.seconds(limit)) s"
        case .timedOutInBody(let limit): "timed out after \(Self.seconds(limit)) s, in the middle of the answer"
        case .bodyCutOff: "connection closed in the middle of the answer"
        case .tooLarge, .packed(.tooLarge): "the answer is larger than 256 KiB"
        case .packed(.cutOff): "the packed answer ends too early"
        case .packed(.damaged): "the packed answer cannot be unpacked"
        case .packed(.unknown(let name)):
            "the answer is packed with \"\(Self.printable(name))\", which flowd does not read"
        case .held, .notOurs: "nothing was sent: another process may have taken over"
        case .stopping: "flowd is stopping"
        }
    }

    private static func printable(_ text: String) -> String {
        text.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    }

    /// `5`, or `2.5`.
    private static func seconds(_ duration: Duration) -> String {
        let tenths = (duration / .milliseconds(100)).rounded()
        return tenths.truncatingRemainder(dividingBy: 10) == 0 ? String(Int(tenths / 10)) : String(tenths / 10)
    }
}

extension SendFailure {
    /// Any error on the way, in words.
    static func words(for error: any Error) -> String {
        switch error {
        case let failure as SendFailure: failure.description
        case is CancellationError: stopping.description
        case let error as IOError: words(forErrno: error)
        case ChannelError.connectTimeout: "no connection within \(HTTPCourier.connectSeconds) s"
        case _ where isClosing(error): "connection closed before the answer"
        case is HTTPParserError, is NIOHTTPDecoderError: "the answer is not HTTP"
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError: TLSFault.other.description
        default: "sending failed"
        }
    }

    /// Whether the other side closed the connection.
    static func isClosing(_ error: any Error) -> Bool {
        switch error {
        case let error as IOError: [ECONNRESET, EPIPE].contains(error.errnoCode)
        case HTTPParserError.invalidEOFState, ChannelError.ioOnClosedChannel, ChannelError.inputClosed,
            ChannelError.alreadyClosed, ChannelError.eof:
            true
        default: false
        }
    }

    /// Whether the other side ended TLS without saying so (close_notify).
    static func isUncleanEnd(_ error: any Error) -> Bool {
        guard case NIOSSLError.uncleanShutdown = error else { return false }
        return true
    }

    private static func words(forErrno error: IOError) -> String {
        let words: [(CInt, String)] = [
            (ECONNREFUSED, "connection refused"), (ECONNRESET, "connection reset"), (EPIPE, "connection closed"),
            (EHOSTUNREACH, "host unreachable"), (ENETUNREACH, "network unreachable"),
            (ETIMEDOUT, "connection timed out"),
            (EADDRNOTAVAIL, "no local port left"), (EMFILE, "too many open files"), (ENFILE, "too many open files"),
        ]
        return words.first { $0.0 == error.errnoCode }?.1 ?? "connection failed (errno \(error.errnoCode))"
    }
}
