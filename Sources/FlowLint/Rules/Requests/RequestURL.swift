import FlowCore
import FlowDocument

/// The URL of an http_request, divided into its parts.
struct RequestURL {
    let node: FlowNode
    let value: Value
    let text: String
    let host: RequestHost

    /// Those of http_requests; a URL that cannot be called is left out.
    static func all(of requests: [FlowNode]) -> [RequestURL] {
        var hosts = RequestHosts()
        return requests.compactMap { node in
            guard let value = node.source["url"], let text = value.text, let host = hosts.host(of: text) else {
                return nil
            }
            return RequestURL(node: node, value: value, text: text, host: host)
        }
    }
}

/// The hosts of URLs, each read once.
private struct RequestHosts {
    /// By the URL before its path; nil where that cannot be called.
    private var known: [String: RequestHost?] = [:]

    mutating func host(of url: String) -> RequestHost? {
        let bytes = Array(url.utf8)
        let slash = UInt8(ascii: "/")
        let mark = bytes.indices.dropLast(2).first {
            bytes[$0] == UInt8(ascii: ":") && bytes[$0 + 1] == slash && bytes[$0 + 2] == slash
        }
        guard let mark else { return nil }
        let end = bytes[(mark + 3)...].firstIndex { $0 == slash || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }
        let whole = bytes[..<(end ?? bytes.count)]
        let beginning = String(decoding: whole, as: UTF8.self)
        if let host = known[beginning] { return host }
        let host = RequestHost(
            scheme: String(decoding: bytes[..<mark], as: UTF8.self),
            authority: String(decoding: whole[(mark + 3)...], as: UTF8.self)
        )
        // Other letters can be equal and yet be other bytes.
        if whole.allSatisfy({ $0 < 0x80 }) { known.updateValue(host, forKey: beginning) }
        return host
    }
}
