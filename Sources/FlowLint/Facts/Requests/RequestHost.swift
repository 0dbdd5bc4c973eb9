import FlowCore

/// The beginning of a URL, before its path: the same in most requests of a flow.
final class RequestHost: Sendable {
    /// In lower case.
    let scheme: String
    /// In lower case, without the port, an IPv6 address in its brackets.
    let name: String
    /// In UTF-8 bytes of the URL, as the other.
    let schemeRange: Range<Int>
    let nameRange: Range<Int>
    /// Nil for a name.
    let address: HostAddress?
    let kind: HostKind
    /// Host and port in lower case, behind the scheme.
    let origin: String

    /// Nil for what cannot be called.
    ///
    /// - Parameters:
    ///   - scheme: what stands before `://`.
    ///   - authority: what stands behind it, up to the path.
    init?(scheme: String, authority: String) {
        self.scheme = scheme.lowercased()
        guard self.scheme == "http" || self.scheme == "https", !authority.isEmpty,
            !authority.utf8.contains(UInt8(ascii: "@")), !TemplateParser.hasMarks(authority)
        else { return nil }
        let host =
            authority.first == "["
            ? authority.firstIndex(of: "]").map { authority[...$0] } ?? authority[...] : authority.prefix { $0 != ":" }
        let start = scheme.utf8.count + 3
        name = host.lowercased()
        schemeRange = 0..<start
        nameRange = start..<start + host.utf8.count
        address = HostAddress(name)
        kind = address.map { HostKind($0) } ?? HostKind(name: name)
        let ownPort = self.scheme == "https" ? ":443" : ":80"
        let address = authority.hasSuffix(ownPort) ? authority.dropLast(ownPort.count) : authority[...]
        origin = "\(self.scheme)://\(address.lowercased())"
    }
}
