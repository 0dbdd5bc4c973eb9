import NIOSSL

/// The authorities whose word counts for a server's certificate.
package struct TrustRoots: Sendable {
    /// Why a file names no authorities.
    package struct Mistake: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String
    }

    /// The machine's: on Debian those in `/etc/ssl/certs`, where `update-ca-certificates` adds an operator's own.
    package static let system = TrustRoots(certificates: nil)

    /// nil for the machine's.
    private let certificates: [NIOSSLCertificate]?

    private init(certificates: [NIOSSLCertificate]?) {
        self.certificates = certificates
    }

    /// Reads a PEM file, whose authorities count in place of the machine's.
    package init(file path: String) throws(Mistake) {
        guard let certificates = try? NIOSSLCertificate.fromPEMFile(path), !certificates.isEmpty else {
            throw Mistake(description: "no certificate in PEM form can be read from \"\(path)\"")
        }
        self.init(certificates: certificates)
    }

    /// What a client asks of a server: a certificate for the URL's host, signed by one of these, and no TLS before 1.2
    /// (RFC 8996).
    var configuration: TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        if let certificates { configuration.trustRoots = .certificates(certificates) }
        return configuration
    }
}
