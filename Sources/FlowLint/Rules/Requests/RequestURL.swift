import FlowCore
import FlowDocument

/// The URL of an http_request, divided into its parts.
struct RequestURL {
    let node: FlowNode
    let value: Value
    let text: String
    /// In lower case.
    let scheme: String
    /// In lower case, without the port, an IPv6 address in its brackets.
    let host: String
    /// In UTF-8 bytes of the text, as the others.
    let schemeRange: Range<Int>
    let hostRange: Range<Int>
    /// Nil for a name.
    let address: HostAddress?
    let hostKind: HostKind
    /// Host and port in lower case, behind the scheme.
    let origin: String

    /// Nil for another node, and for a URL that cannot be called.
    init?(_ node: FlowNode) {
        guard node.description.type == "http_request", let value = node.source["url"], let text = value.text,
            let mark = text.firstIndex(ofASCII: "://")
        else { return nil }
        let scheme = text[..<mark].lowercased()
        let behind = text.utf8.index(mark, offsetBy: 3)
        let authority = Substring(text.utf8[behind...].prefix { !"/?#".utf8.contains($0) })
        guard scheme == "http" || scheme == "https", !authority.isEmpty, !authority.utf8.contains(UInt8(ascii: "@")),
            !TemplateParser.hasMarks(String(authority))
        else { return nil }
        let host =
            authority.first == "["
            ? authority.firstIndex(of: "]").map { authority[...$0] } ?? authority : authority.prefix { $0 != ":" }
        let start = text.utf8.distance(from: text.startIndex, to: behind)
        self.node = node
        self.value = value
        self.text = text
        self.scheme = scheme
        self.host = host.lowercased()
        address = HostAddress(self.host)
        hostKind = address.map { HostKind($0) } ?? HostKind(name: self.host)
        schemeRange = 0..<start
        hostRange = start..<start + host.utf8.count
        origin = "\(scheme)://\(authority.lowercased())"
    }
}
