/// An origin's host, in the one spelling that is looked up, pinned and connected to.
///
/// A client's pinned address is found by the host's exact spelling, so there must be one only: lower case, without the
/// trailing dot of a fully qualified name, without the brackets of an IPv6 address.
struct HostName: Hashable, Sendable {
    let text: String

    /// - Returns: nil for anything but letters, digits, `-`, `_` and dots, or an IPv6 address without a zone.
    init?(_ text: some StringProtocol) {
        var host = text.lowercased()
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
            guard let address = IPAddress(host), case .v6 = address else { return nil }
        } else {
            if host.hasSuffix(".") { host.removeLast() }
            guard (1...253).contains(host.utf8.count), host.utf8.allSatisfy(Self.isAllowed), !host.hasPrefix(".") else {
                return nil
            }
        }
        self.text = host
    }

    /// As it stands in a URL.
    var inURL: String { text.contains(":") ? "[\(text)]" : text }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
