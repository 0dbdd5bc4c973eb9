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

    /// The URL of a target, which begins with `/`.
    func url(_ target: String) -> String {
        "\(scheme)://\(host.inURL)\(port.map { ":\($0)" } ?? "")\(target)"
    }
}
