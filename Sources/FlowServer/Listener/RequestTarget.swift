/// The second word of a request line (RFC 9112, section 3.2).
enum RequestTarget {
    /// Path and query, each as it came.
    ///
    /// A proxy may send the absolute form: scheme and host are left out.
    static func split(_ target: String) -> (path: String, query: String) {
        var rest = target[...]
        if rest.first != "/", let scheme = rest.range(of: "://") {
            rest = rest[scheme.upperBound...]
            rest = rest[(rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex)...]
        }
        guard let mark = rest.firstIndex(of: "?") else { return (String(rest), "") }
        return (String(rest[..<mark]), String(rest[rest.index(after: mark)...]))
    }
}

extension Substring {
    /// The first place of a text.
    fileprivate func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            formIndex(after: &start)
        }
        return nil
    }
}
