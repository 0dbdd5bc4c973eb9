/// What a URL's host is, as far as it can be told without asking anybody.
enum HostKind: Equatable {
    /// This machine.
    case loopback
    /// A private address, or a name that is known on a local network only.
    case local(String)
    /// An address that flowd never calls: cloud metadata, link-local, unspecified, multicast.
    case forbidden(String)
    case other

    /// - Parameter host: in lower case, no address.
    init(name host: String) {
        let name = host.hasSuffix(".") ? String(host.dropLast()) : host
        if name == "localhost" || name.hasSuffix(".localhost") {
            self = .loopback
        } else if Self.metadata.contains(name) {
            self = .forbidden("tells a cloud machine its credentials")
        } else if !name.contains(".") || Self.localSuffixes.contains(where: name.hasSuffix) {
            self = .local("a name that only the local network knows")
        } else {
            self = .other
        }
    }

    init(_ address: HostAddress) {
        if let bits = address.v4 {
            self = Self.ranges.first { bits >> (32 - $0.length) == $0.prefix >> (32 - $0.length) }?.kind ?? .other
            return
        }
        guard case .v6(let groups) = address.number else {
            self = .other
            return
        }
        let isLow = groups[..<7].allSatisfy { $0 == 0 }
        switch groups[0] {
        case 0 where isLow && groups[7] == 1: self = .loopback
        case 0 where isLow: self = .forbidden("is not an address to call")
        case 0xFD00 where [0xEC2, 0x42, 0xC1].contains(groups[1]), 0xFD20 where groups[1] == 0xCE:
            self = .forbidden("tells a cloud machine its credentials")
        case 0xFE80...0xFEBF: self = .forbidden("is a link-local address")
        case 0xFF00...: self = .forbidden("is a multicast address")
        case 0xFC00...0xFDFF: self = .local("a private address")
        default: self = .other
        }
    }

    private static let metadata: Set = [
        "metadata", "metadata.google.internal", "metadata.goog", "instance-data", "instance-data.ec2.internal",
        "metadata.tencentyun.com",
    ]
    private static let localSuffixes = [".internal", ".local", ".lan", ".home.arpa", ".intranet"]

    /// IANA's special-purpose addresses; the longest prefix of two comes first.
    private static let ranges: [(prefix: UInt32, length: UInt32, kind: HostKind)] = [
        (0x7F00_0000, 8, .loopback),
        (0xA9FE_A9FE, 32, .forbidden("tells a cloud machine its credentials")),
        (0x6464_64C8, 32, .forbidden("tells a cloud machine its credentials")),
        (0xA83F_8110, 32, .forbidden("tells a cloud machine its credentials")),
        (0xC000_00C0, 32, .forbidden("tells a cloud machine its credentials")),
        (0xA9FE_0000, 16, .forbidden("is a link-local address")),
        (0x0000_0000, 8, .forbidden("is not an address to call")),
        (0xE000_0000, 4, .forbidden("is a multicast address")),
        (0xFFFF_FFFF, 32, .forbidden("is the broadcast address")),
        (0x0A00_0000, 8, .local("a private address")),
        (0xAC10_0000, 12, .local("a private address")),
        (0xC0A8_0000, 16, .local("a private address")),
        (0x6440_0000, 10, .local("a carrier's private address")),
    ]
}
