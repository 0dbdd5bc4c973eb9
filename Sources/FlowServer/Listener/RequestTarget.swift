/// The second word of a request line, as ``ProtocolRules`` leaves it.
enum RequestTarget {
    /// Path and query, each as it came.
    static func split(_ target: String) -> (path: String, query: String) {
        guard let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return (target, "") }
        return (String(target[..<mark]), String(target[target.utf8.index(after: mark)...]))
    }
}
