import FlowCore
import NIOSSL

/// Why a TLS handshake failed.
enum TLSFault: Error, Hashable {
    /// The certificate is good no more.
    case expired(Timestamp)
    case notYetValid(Timestamp)
    /// The certificate is signed by its own key.
    case selfSigned
    /// No authority that is known here has signed the certificate.
    case unknownAuthority
    /// The certificate is for another host.
    case misnamed
    /// No certificate can be for the host's name.
    case impossibleName
    case notTLS
    /// The server closed the connection in the middle of the handshake.
    case closed
    /// The server ended the handshake: it wants another version, a certificate of the client, another name.
    case refusedByServer
    case other

    /// - Parameters:
    ///   - certificate: the server's, as far as the handshake came.
    ///   - now: tells whether the certificate has expired.
    /// - Returns: nil for an error that is not TLS's.
    init?(_ error: any Error, certificate: NIOSSLCertificate?, now: Timestamp) {
        switch error {
        case let error as NIOSSLExtraError where error == .failedToValidateHostname: self = .misnamed
        case let error as NIOSSLExtraError where error == .serverHostnameImpossibleToMatch: self = .impossibleName
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
            // BoringSSL's reasons stand in the text only.
            let text = String(describing: error)
            if text.contains("CERTIFICATE_VERIFY_FAILED") {
                self = Self.distrust(of: certificate, now: now)
            } else if text.contains("WRONG_VERSION_NUMBER") || text.contains("HTTP_REQUEST") {
                self = .notTLS
            } else if text.contains(String(describing: BoringSSLInternalError.eofDuringHandshake)) {
                self = .closed
            } else if text.contains("_ALERT_") {
                self = .refusedByServer
            } else {
                self = .other
            }
        default: return nil
        }
    }

    /// BoringSSL says that it does not trust a certificate, not why.
    private static func distrust(of certificate: NIOSSLCertificate?, now: Timestamp) -> TLSFault {
        guard let certificate else { return .unknownAuthority }
        let from = Timestamp(milliseconds: Int64(certificate.notValidBefore) * 1_000)
        let until = Timestamp(milliseconds: Int64(certificate.notValidAfter) * 1_000)
        if until < now { return .expired(until) }
        if now < from { return .notYetValid(from) }
        return (try? certificate.toDERBytes()).flatMap(CertificateNames.init)?.areEqual == true
            ? .selfSigned : .unknownAuthority
    }
}

extension TLSFault: CustomStringConvertible {
    var description: String {
        switch self {
        case .expired(let at): "TLS failed: the server's certificate expired on \(at.iso8601.prefix(10))"
        case .notYetValid(let at): "TLS failed: the server's certificate is not valid before \(at.iso8601.prefix(10))"
        case .selfSigned: "TLS failed: the server's certificate is self-signed"
        case .unknownAuthority: "TLS failed: no authority that is known here has signed the server's certificate"
        case .misnamed: "TLS failed: the server's certificate is for another host name"
        case .impossibleName:
            "TLS failed: no certificate can be for this host name (letters, digits and \"-\" only)"
        case .notTLS: "TLS failed: the server does not speak TLS on this port"
        case .closed: "TLS failed: the server closed the connection during the handshake"
        case .refusedByServer: "TLS failed: the server refused the handshake"
        case .other: "TLS failed"
        }
    }
}
