/// The address by which Plivo reaches flowd: `http(s)://host[:port][/prefix]`.
///
/// Every URL in an answer, and every URL that a signature is over, is built from it and never from a request's headers.
///
/// With a prefix, `https://h.example/plivo`, Plivo calls `https://h.example/plivo/flows/x`. The proxy in front of flowd
/// may hand on `/plivo/flows/x` or cut it to `/flows/x`: ``strip(_:)`` makes both `/flows/x`, and ``signed(_:)`` makes
/// of both what Plivo signed.
package struct PublicURL: Hashable, Sendable {
    /// Without a slash at its end.
    package let text: String
    /// Empty, or segments that each begin with a slash.
    package let prefix: String
    /// With its `://`.
    private let scheme: String
    /// Host and port, as they were written.
    private let authority: String

    /// - Throws: ``Refusal`` for anything else: another scheme, user and password, a query, a fragment.
    package init(_ text: String) throws(Refusal) {
        guard let scheme = ["https://", "http://"].first(where: { text.lowercased().hasPrefix($0) }) else {
            throw Refusal("a public URL begins with http:// or https://")
        }
        // A password may stand in it, so the text itself is not repeated.
        if text.contains("@") { throw Refusal("a public URL has no user and no password in it") }
        if text.contains("?") { throw Refusal("a public URL has no query, which begins at \"?\"") }
        if text.contains("#") { throw Refusal("a public URL has no fragment, which begins at \"#\"") }

        let rest = text.dropFirst(scheme.count)
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        let authority = rest[..<slash]
        let path = rest[slash...].last == "/" ? rest[slash...].dropLast() : rest[slash...]
        guard Self.isAuthority(authority) else {
            throw Refusal("a public URL has a host name or address, and a port from 1 to 65535 or none")
        }
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        guard segments.allSatisfy(Self.isSegment) else {
            throw Refusal("the path of a public URL is made of letters, digits and - . _ ~ between slashes")
        }
        prefix = String(path)
        self.scheme = scheme
        self.authority = String(authority)
        self.text = scheme + authority + path
    }

    /// Cuts the prefix off a path as received (without its query), unless a proxy has cut it off already.
    package func strip(_ path: String) -> String {
        guard !prefix.isEmpty, path.hasPrefix(prefix + "/") else { return path }
        let below = String(path.dropFirst(prefix.count))
        // A prefix may be called like one of flowd's own paths.
        return Self.isOwn(path) && !Self.isOwn(below) ? path : below
    }

    /// The URL that Plivo called and signed, for a path as received; both without the query.
    package func signed(_ path: String) -> String { text + strip(path) }

    /// A path in its one spelling: neither doubled slashes nor one at its end (RFC 3986, section 6.2.3 and what proxies
    /// make of it).
    package static func tidy(_ path: String) -> String {
        let slash = UInt8(ascii: "/")
        let bytes = path.utf8
        // Nearly every path is tidy, and is not copied.
        let isDoubled = zip(bytes, bytes.dropFirst()).contains { $0 == slash && $1 == slash }
        guard isDoubled || bytes.last == slash && bytes.count > 1 else { return path }
        var tidy: [UInt8] = []
        tidy.reserveCapacity(bytes.count)
        for byte in bytes where byte != slash || tidy.last != slash { tidy.append(byte) }
        if tidy.last == slash, tidy.count > 1 { tidy.removeLast() }
        return String(decoding: tidy, as: UTF8.self)
    }

    /// Every spelling of the URL that Plivo may have called and signed, ``signed(_:)`` first.
    ///
    /// One URL has many (RFC 3986, section 6.2): Plivo signs what was entered there, and a proxy may have tidied it up.
    ///
    /// - Parameters:
    ///   - path: as received, without the query.
    ///   - host: what the request says that it is for; it counts where it is this URL's in another case.
    package func spellings(of path: String, host: String) -> some Sequence<String> {
        let first = signed(path)
        // Nearly always the first is right: the others are made up only for whoever asks on.
        return sequence(state: (isFirst: true, others: nil as [String].Iterator?)) { state -> String? in
            if state.isFirst {
                state.isFirst = false
                return first
            }
            if state.others == nil { state.others = otherSpellings(of: path, host, than: first).makeIterator() }
            return state.others?.next()
        }
    }

    private func otherSpellings(of path: String, _ host: String, than first: String) -> [String] {
        let tidy = strip(Self.tidy(path))
        var seen: Set<String> = [first]
        return authorities(host).flatMap { authority in
            [strip(path), tidy, tidy + "/"].map { scheme + authority + prefix + $0 }
        }.filter { seen.insert($0).inserted }
    }

    /// Host and port as configured, as received and in lower case, each with and without the scheme's usual port.
    private func authorities(_ received: String) -> [String] {
        let usual = scheme == "https://" ? 443 : 80
        guard let own = Authority(authority) else { return [authority] }
        var hosts = [authority, authority.lowercased()]
        if let other = Authority(received), other.host == own.host, other.port ?? usual == own.port ?? usual {
            hosts.insert(received, at: 1)
        }
        guard own.port ?? usual == usual else { return hosts }
        return hosts.flatMap { host in
            let bare = host.hasSuffix(":\(usual)") ? String(host.dropLast(String(usual).count + 1)) : host
            return [bare, "\(bare):\(usual)"]
        }
    }

    private static func isOwn(_ path: String) -> Bool {
        path.hasPrefix("/flows/") || path == "/incoming" || path == "/healthz"
    }

    private static func isAuthority(_ text: Substring) -> Bool {
        var host = text
        if let colon = text.lastIndex(of: ":"), !text[colon...].contains("]") {
            let digits = text[text.index(after: colon)...]
            guard (1...5).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let port = Int(digits), (1...65_535).contains(port)
            else { return false }
            host = text[..<colon]
        }
        if host.first == "[", host.last == "]" {
            let address = host.dropFirst().dropLast()
            let isWritten = address.allSatisfy { $0.isASCII && ($0.isHexDigit || $0 == ":" || $0 == ".") }
            return isWritten && address.contains(":")
        }
        return (1...253).contains(host.utf8.count) && isSegment(host)
    }

    /// Unreserved characters (RFC 3986, section 2.3), and neither `.` nor `..`.
    private static func isSegment(_ text: Substring) -> Bool {
        guard !text.isEmpty, text != ".", text != ".." else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                true
            default: false
            }
        }
    }
}

extension PublicURL: CustomStringConvertible {
    package var description: String { text }
}
