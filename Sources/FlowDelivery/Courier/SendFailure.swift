import AsyncHTTPClient
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
    case timedOut(Duration)
    case bodyCutOff
    /// Connected to another address than the one that was checked.
    case strayed
    /// The certificate is not the host's.
    case misnamed
    case stopping
}

extension SendFailure: CustomStringConvertible {
    var description: String {
        switch self {
        case .noSuchHost(let host): "no such host \"\(host)\""
        case .noLookUp(let host, let reason): "cannot look up \"\(host)\": \(reason)"
        case .refused(let address, let host, let reason):
            address.description == host ? "\(address) \(reason)" : "\(address) (\(host)) \(reason)"
        case .badOrigin(let origin): "\"\(origin)\" is no address to call"
        case .badHeaderName(let name): "\"\(name)\" is no header's name"
        case .missingSecret(let name): "secret \"\(name)\" is not set"
        case .timedOut(let limit): "timed out after \(Self.seconds(limit)) s"
        case .bodyCutOff: "connection closed in the middle of the answer"
        case .strayed: "connected to an address that was not checked"
        case .misnamed: "TLS failed: the certificate is for another name"
        case .stopping: "flowd is stopping"
        }
    }

    /// `5`, or `2.5`.
    private static func seconds(_ duration: Duration) -> String {
        let tenths = (duration / .milliseconds(100)).rounded()
        return tenths.truncatingRemainder(dividingBy: 10) == 0 ? String(Int(tenths / 10)) : String(tenths / 10)
    }

    /// Any error on the way, in words.
    static func words(for error: any Error) -> String {
        switch error {
        case let failure as SendFailure: failure.description
        case is CancellationError: stopping.description
        case let error as IOError: words(forErrno: error)
        case let error as HTTPClientError: words(for: error)
        case ChannelError.connectTimeout: words(for: HTTPClientError.connectTimeout)
        case _ where isClosing(error): words(for: HTTPClientError.remoteConnectionClosed)
        case is HTTPParserError: "the answer is not HTTP"
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError: tlsWords(for: error)
        default: "sending failed"
        }
    }

    /// Whether the other side closed the connection.
    static func isClosing(_ error: any Error) -> Bool {
        switch error {
        case let error as HTTPClientError: error == .remoteConnectionClosed
        case let error as IOError: [ECONNRESET, EPIPE].contains(error.errnoCode)
        case HTTPParserError.invalidEOFState, ChannelError.ioOnClosedChannel, ChannelError.inputClosed: true
        default: false
        }
    }

    /// Whether no connection was made, so that nothing was sent and another address may be tried.
    static func isBeforeSending(_ error: any Error) -> Bool {
        switch error {
        case let error as HTTPClientError: error == .connectTimeout
        case let error as IOError: [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH].contains(error.errnoCode)
        default: false
        }
    }

    private static func words(for error: HTTPClientError) -> String {
        switch error {
        case .cancelled, .alreadyShutdown: stopping.description
        case .connectTimeout, .getConnectionFromPoolTimeout: "no connection within \(HTTPCourier.connectSeconds) s"
        case .tlsHandshakeTimeout: "no TLS handshake within \(HTTPCourier.connectSeconds) s"
        case .remoteConnectionClosed: "connection closed before the answer"
        default: error.shortDescription.lowercased()
        }
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

    /// What BoringSSL found stands in an error's text only, and there it does not tell one distrust from another.
    private static func tlsWords(for error: any Error) -> String {
        if error as? NIOSSLExtraError == .failedToValidateHostname { return misnamed.description }
        if error as? NIOSSLExtraError == .serverHostnameImpossibleToMatch {
            return "TLS failed: no certificate can be for this name (letters, digits and \"-\" only)"
        }
        let text = String(describing: error)
        if text.contains("CERTIFICATE_VERIFY_FAILED") {
            return "TLS failed: the certificate is not trusted (out of date, or signed by no authority known here)"
        }
        if text.contains("WRONG_VERSION_NUMBER") { return "TLS failed: the server does not speak TLS" }
        return "TLS failed"
    }
}
