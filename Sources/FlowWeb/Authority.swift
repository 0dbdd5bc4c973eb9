import FlowCore

/// Host and port of a URL or of a `Host` field (RFC 3986, section 3.2), without a user.
package struct Authority: Hashable, Sendable {
    /// In lower case; an IPv6 address without its brackets.
    package let host: String
    /// nil where none is written.
    package let port: Int?

    /// - Returns: nil for anything else, and for an empty host, which no URL of HTTP has (RFC 9110, section 4.2.1).
    package init?(_ text: some StringProtocol) {
        var host = Substring(text)
        var port: Substring = ""
        if let colon = host.lastIndex(of: ":"), !host[colon...].contains("]") {
            port = host[host.index(after: colon)...]
            host = host[..<colon]
        }
        guard port.utf8.count <= 5, port.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        if port.isEmpty {
            self.port = nil
        } else {
            guard let number = Int(port), (0...65_535).contains(number) else { return nil }
            self.port = number
        }
        if host.first == "[", host.last == "]" {
            let address = String(host.dropFirst().dropLast())
            guard IPv6Address.isWritten(as: address) else { return nil }
            self.host = address.lowercased()
        } else {
            guard (1...253).contains(host.utf8.count), Self.isName(host) else { return nil }
            self.host = host.lowercased()
        }
    }

    /// Whether it names this machine and no other: `localhost`, a name below `.localhost` (RFC 6761, section 6.3), an
    /// address of 127.0.0.0/8, or `::1`.
    package var isLoopback: Bool {
        host == "localhost" || host.hasSuffix(".localhost") || Self.isLoopback(address: host)
    }

    /// Whether an address is of 127.0.0.0/8, or `::1`.
    package static func isLoopback(address: String) -> Bool {
        if address.contains(":") {
            let groups = address.split(separator: ":").map { Int($0, radix: 16) }
            return IPv6Address.isWritten(as: address) && groups.last == 1 && groups.dropLast().allSatisfy { $0 == 0 }
        }
        let parts = address.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// `reg-name`: unreserved characters, sub-delims and percent-encoding.
    private static func isName(_ text: Substring) -> Bool {
        var digits = 0
        for byte in text.utf8 {
            let isHexDigit =
                (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
            if digits > 0 {
                guard isHexDigit else { return false }
                digits -= 1
                continue
            }
            switch byte {
            case UInt8(ascii: "%"): digits = 2
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                break
            default: guard "-._~!$&'()*+,;=".utf8.contains(byte) else { return false }
            }
        }
        return digits == 0
    }
}
