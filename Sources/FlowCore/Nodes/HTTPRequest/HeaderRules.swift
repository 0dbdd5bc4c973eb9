import FlowDocument

/// Which header names an author may write (RFC 9110, section 5.1).
enum HeaderRules {
    /// Set by flowd, or by HTTP itself.
    private static let reserved: Set<String> = [
        "host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer", "expect", "keep-alive",
        "proxy-connection", "user-agent",
    ]

    static func check(_ headers: [Pair], _ reader: FieldReader) {
        var seen: [String: Pair] = [:]
        for header in headers where !TemplateParser.hasMarks(header.key) {
            let name = header.key.lowercased()
            if reserved.contains(name) || name.hasPrefix("webhook-") {
                reader.scope.report(.reservedHeader, "\"\(header.key)\" is set by flowd", at: header.keySpan)
            } else if name.isEmpty || !name.utf8.allSatisfy(isTokenCharacter) {
                reader.scope.report(.reservedHeader, "\"\(header.key)\" is not a valid header name", at: header.keySpan)
            } else if let first = seen[name] {
                reader.scope.report(
                    .duplicateKey,
                    "header \"\(header.key)\" is there twice: names differ in capitals only",
                    at: header.keySpan,
                    related: [reader.scope.related("first written here", at: first.keySpan)]
                )
            }
            seen[name] = seen[name] ?? header
        }
    }

    private static func isTokenCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x30...0x39: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
