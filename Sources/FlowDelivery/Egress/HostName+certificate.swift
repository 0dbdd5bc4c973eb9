import NIOSSL

extension HostName {
    /// Whether a certificate that NIOSSL has verified speaks for this host.
    ///
    /// NIOSSL is content with the address that is connected to, though a name was asked for. Whoever answers the lookup
    /// of that name would then need a certificate for nothing but an address of their own.
    func isNamed(by certificate: NIOSSLCertificate) -> Bool {
        guard IPAddress(text) == nil else { return true }
        let names = certificate._subjectAlternativeNames()
        guard names.contains(where: { $0.nameType == .ipAddress }) else { return true }
        return names.contains { $0.nameType == .dnsName && matches(String(decoding: $0.contents, as: UTF8.self)) }
    }

    /// Whether a certificate's name is this one, or is it with `*` in place of the first label (RFC 9525, section 6.3).
    func matches(_ name: String) -> Bool {
        let name = name.lowercased()
        guard name.hasPrefix("*."), let dot = text.firstIndex(of: ".") else { return name == text }
        return text[dot...] == name.dropFirst()
    }
}
