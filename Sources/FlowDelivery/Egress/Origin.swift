/// `http://host:port` or `https://host:port`, taken apart and normalised.
struct Origin: Hashable, Sendable {
    let scheme: String
    let host: HostName
    /// Nil for the scheme's own.
    let port: Int?

    init?(_ text: String) {
        let halves = text.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, ["http", "https"].contains(halves[0].lowercased()) else { return nil }
        scheme = halves[0].lowercased()
        var name = halves[1]
        // A colon inside an IPv6 address's brackets is no port's.
        if let colon = name.lastIndex(of: ":"), !name[colon...].contains("]") {
            let digits = name[name.index(after: colon)...]
            guard digits.isEmpty || digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            let number = Int(digits)
            guard digits.isEmpty || number.map((1...65_535).contains) == true else { return nil }
            port = number
            name = name[..<colon]
        } else {
            port = nil
        }
        guard let host = HostName(name) else { return nil }
        self.host = host
    }

    /// The port that a connection is made to.
    var connectPort: Int { port ?? defaultPort }

    /// As it stands in `Host` (RFC 9110, section 7.2): without the scheme's own port.
    var authority: String { connectPort == defaultPort ? host.inURL : "\(host.inURL):\(connectPort)" }

    private var defaultPort: Int { scheme == "https" ? 443 : 80 }
}
