/// Which addresses flowd calls.
///
/// What is judged is the address that a connection is made to, never a host's spelling: `2130706433`, `0x7f.1` and
/// `0177.0.0.1` all end up here as 127.0.0.1. An IPv6 address that carries an IPv4 address is judged as that too.
package enum EgressPolicy: Hashable, Sendable {
    /// Everything but link-local, metadata, unspecified, multicast and broadcast addresses.
    case privateAllowed
    /// Addresses of the public internet only (IANA, special-purpose address registries).
    case publicOnly

    /// Why `address` is not called, in words that follow the address, or nil where it is.
    package func refusal(of address: IPAddress) -> String? {
        if let kind = Self.never.kind(of: address) { return "is \(kind) and never called" }
        if let embedded = address.embedded, let kind = Self.never.kind(of: embedded) {
            return "stands for \(embedded), which is \(kind) and never called"
        }
        guard self == .publicOnly else { return nil }
        if let kind = Self.notPublic.kind(of: address) { return "is \(kind), and only public addresses are called" }
        if let embedded = address.embedded {
            return Self.notPublic.kind(of: embedded).map {
                "stands for \(embedded), which is \($0), and only public addresses are called"
            }
        }
        if case .v6 = address, !Self.globalUnicast.contains(address) {
            return "is no public address, and only those are called"
        }
        return nil
    }

    private static let globalUnicast = IPPrefix("2000::/3")

    /// Refused by every policy.
    private static let never: [(IPPrefix, kind: String)] = [
        (IPPrefix("0.0.0.0/8"), "an unspecified address"),
        (IPPrefix("::/128"), "an unspecified address"),
        // Where clouds tell an instance its credentials: AWS, Azure, Google, Oracle, Alibaba, Scaleway.
        (IPPrefix("169.254.0.0/16"), "a link-local address"),
        (IPPrefix("fe80::/10"), "a link-local address"),
        (IPPrefix("100.100.100.200/32"), "a cloud metadata address"),
        (IPPrefix("168.63.129.16/32"), "a cloud metadata address"),
        (IPPrefix("192.0.0.192/32"), "a cloud metadata address"),
        (IPPrefix("fd00:ec2::/32"), "a cloud metadata address"),
        (IPPrefix("fd20:ce::254/128"), "a cloud metadata address"),
        (IPPrefix("fd00:42::42/128"), "a cloud metadata address"),
        (IPPrefix("fd00:c1::a9fe:a9fe/128"), "a cloud metadata address"),
        (IPPrefix("224.0.0.0/4"), "a multicast address"),
        (IPPrefix("ff00::/8"), "a multicast address"),
        (IPPrefix("255.255.255.255/32"), "the broadcast address"),
    ]

    /// Refused besides where only public addresses are called.
    private static let notPublic: [(IPPrefix, kind: String)] = [
        (IPPrefix("127.0.0.0/8"), "a loopback address"),
        (IPPrefix("::1/128"), "a loopback address"),
        (IPPrefix("10.0.0.0/8"), "a private address"),
        (IPPrefix("172.16.0.0/12"), "a private address"),
        (IPPrefix("192.168.0.0/16"), "a private address"),
        (IPPrefix("fc00::/7"), "a private address"),
        (IPPrefix("fec0::/10"), "a private address"),
        (IPPrefix("100.64.0.0/10"), "a carrier's private address"),
        (IPPrefix("192.0.0.0/24"), "a reserved address"),
        (IPPrefix("192.88.99.0/24"), "a reserved address"),
        (IPPrefix("198.18.0.0/15"), "a benchmarking address"),
        (IPPrefix("192.0.2.0/24"), "a documentation address"),
        (IPPrefix("198.51.100.0/24"), "a documentation address"),
        (IPPrefix("203.0.113.0/24"), "a documentation address"),
        (IPPrefix("2001:db8::/32"), "a documentation address"),
        (IPPrefix("3fff::/20"), "a documentation address"),
        (IPPrefix("240.0.0.0/4"), "a reserved address"),
        (IPPrefix("64:ff9b:1::/48"), "a private address"),
        // Teredo, ORCHID, benchmarking and other protocols' own.
        (IPPrefix("2001::/23"), "a reserved address"),
    ]
}

extension [(IPPrefix, kind: String)] {
    fileprivate func kind(of address: IPAddress) -> String? {
        first { $0.0.contains(address) }?.kind
    }
}
