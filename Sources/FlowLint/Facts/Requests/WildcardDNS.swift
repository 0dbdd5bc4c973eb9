/// Public name services that answer every name with the address that stands in it.
enum WildcardDNS {
    private static let services = ["nip.io", "sslip.io", "xip.io", "traefik.me"]
    /// Names whose every subdomain is 127.0.0.1.
    private static let loopback = ["localtest.me", "lvh.me", "vcap.me", "lacolhost.com"]

    /// The address that a host name will have, and whose service says so.
    static func address(of host: String) -> (address: UInt32, service: String)? {
        if let service = loopback.first(where: { host == $0 || host.hasSuffix("." + $0) }) {
            return (0x7F00_0001, service)
        }
        guard let service = services.first(where: { host.hasSuffix("." + $0) }) else { return nil }
        let words = host.dropLast(service.count + 1).split { $0 == "." || $0 == "-" }
        for start in words.indices.reversed() where start + 4 <= words.count {
            let bytes = words[start..<start + 4].compactMap { UInt8($0) }
            if bytes.count == 4 { return (bytes.reduce(0) { $0 << 8 | UInt32($1) }, service) }
        }
        guard let last = words.last, last.count == 8, let bits = UInt32(last, radix: 16) else { return nil }
        return (bits, service)
    }
}
