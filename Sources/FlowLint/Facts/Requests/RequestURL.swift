import FlowCore
import FlowDocument

/// The URL of a request that can be sent, with its host.
struct RequestURL {
    let node: FlowNode
    let value: Value
    let text: String
    let host: RequestHost

    /// Those of requests; a URL that cannot be called is left out.
    static func all(of requests: [FlowNode]) -> [RequestURL] {
        var hosts = RequestHosts()
        return requests.compactMap { node in
            guard let setting = node.setting(.url), let value = setting.source,
                case .url(let text, let authority) = setting.content, let host = hosts.host(of: text, authority)
            else { return nil }
            return RequestURL(node: node, value: value, text: text, host: host)
        }
    }
}

/// The hosts of URLs, each read once.
private struct RequestHosts {
    /// By the URL before its path; nil where that cannot be called.
    private var known: [String: RequestHost?] = [:]

    /// - Parameter authority: where host and port stand.
    mutating func host(of url: String, _ authority: Range<Int>) -> RequestHost? {
        let bytes = Array(url.utf8.prefix(authority.upperBound))
        let beginning = String(decoding: bytes, as: UTF8.self)
        if let host = known[beginning] { return host }
        let host = RequestHost(
            scheme: String(decoding: bytes[..<authority.lowerBound].dropLast("://".utf8.count), as: UTF8.self),
            authority: String(decoding: bytes[authority], as: UTF8.self)
        )
        // Other letters can be equal and yet be other bytes.
        if bytes.allSatisfy({ $0 < 0x80 }) { known.updateValue(host, forKey: beginning) }
        return host
    }
}
