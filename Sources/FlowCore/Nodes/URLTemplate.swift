import FlowDocument

/// Where a request goes: a fixed scheme, host and port, and a path and a query that may hold values.
struct URLTemplate: Sendable {
    /// `https://host:port`, in lower case, the port left out where it is the scheme's own.
    let origin: String
    let path: Template
    let query: Template?
    private let queryText: String
    private let span: Span

    /// The path as it was written, for a picture.
    let pathText: String

    init?(_ reader: FieldReader, _ field: Field) {
        guard let value = reader.scalar(field), let text = value.text, !text.isEmpty else { return nil }
        let utf8 = Array(text.utf8)
        func report(_ code: Code, _ message: String, _ range: Range<Int>, help: [String] = []) {
            let span = reader.scope.document.span(ofUTF8: range, in: value)
            reader.scope.report(code, message, at: span, help: help)
        }
        let whole = 0..<utf8.count
        guard let authority = Self.authority(in: text) else {
            if TemplateParser.hasMarks(String(text.prefix(8))) {
                report(
                    .templatedHost,
                    "the URL begins with a value: a caller could choose where call records go. only path and query can be templates",
                    whole
                )
            } else {
                let scheme = text.firstRange(of: "://").map { String(text[..<$0.lowerBound]) }
                let message = scheme.map { "\"\($0)\" is not http or https" } ?? "the URL has no scheme"
                report(.badURL, message, whole, help: scheme == nil ? ["write \"https://\(text)\"?"] : [])
            }
            return nil
        }
        let host = String(decoding: utf8[authority], as: UTF8.self)
        guard !TemplateParser.hasMarks(host) else {
            report(
                .templatedHost,
                "the host comes from data: a caller could choose where call records go. only path and query can be templates",
                authority
            )
            return nil
        }
        let scheme = text.lowercased().hasPrefix("https:") ? "https" : "http"
        if let problem = Self.problem(ofAuthority: host) {
            report(.badURL, problem, authority)
            return nil
        }
        if let hash = Self.fragment(in: utf8, from: authority.upperBound) {
            report(.badURL, "a URL's fragment (\"#…\") is never sent", hash..<utf8.count)
            return nil
        }
        if let blank = (authority.upperBound..<utf8.count).first(where: { utf8[$0] <= 0x20 || utf8[$0] == 0x7F }),
            !Self.isInTemplate(utf8, blank)
        {
            report(
                .badURL,
                "the URL holds a space or a control character",
                blank..<blank + 1,
                help: ["write %20 for a space"]
            )
            return nil
        }
        origin = scheme + "://" + Self.normalized(host, scheme: scheme)
        let mark = Self.question(in: utf8, from: authority.upperBound)
        let pathRange = authority.upperBound..<(mark ?? utf8.count)
        path = reader.parse(value, part: pathRange, key: field.name, place: .path).encodingURLCharacters()
        query = mark.map {
            reader.parse(value, part: $0 + 1..<utf8.count, key: field.name, place: .form).encodingURLCharacters()
        }
        pathText = String(decoding: utf8[pathRange], as: UTF8.self)
        queryText = mark.map { String(decoding: utf8[($0 + 1)...], as: UTF8.self) } ?? ""
        span = value.span
    }

    /// Path and query of a request.
    func target(_ params: [Pair], _ visit: inout Visit) -> SecretText {
        var text = visit.secretText(path, .path)
        if !text.redacted.hasPrefix("/") {
            var rooted = SecretText("/")
            rooted.append(text)
            text = rooted
        }
        var separator = "?"
        if let query {
            text.append("?")
            text.append(visit.secretText(query, .form))
            separator = queryText.isEmpty ? "" : "&"
        }
        for pair in params {
            text.append(separator + Place.form.escaped(pair.key) + "=")
            text.append(visit.formText(pair.value))
            separator = "&"
        }
        return text
    }

    func checkRepeated(_ params: [Pair], _ reader: FieldReader) {
        let names = queryText.split(separator: "&").map { String($0.prefix { $0 != "=" }) }
        for pair in params where names.contains(pair.key) {
            reader.scope.report(
                .repeatedParameter,
                "\"\(pair.key)\" is in the URL and in \"params\"",
                at: pair.keySpan,
                related: [reader.scope.related("the URL", at: span)]
            )
        }
    }
}

extension URLTemplate {
    /// Where host and port stand; nil without `http://` or `https://`.
    private static func authority(in text: String) -> Range<Int>? {
        let lower = text.prefix(8).lowercased()
        let start: Int
        if lower.hasPrefix("https://") {
            start = 8
        } else if lower.hasPrefix("http://") {
            start = 7
        } else {
            return nil
        }
        let bytes = Array(text.utf8)
        // A template in the host holds dots and blanks, but no slash before its end.
        let end = bytes[start...].firstIndex {
            $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#")
        }
        return start..<(end ?? bytes.count)
    }

    private static func problem(ofAuthority authority: String) -> String? {
        if authority.contains("@") { return "a URL holds no user name and password; use \"auth\"" }
        var host = authority[...]
        if host.first == "[" {
            guard let close = host.firstIndex(of: "]") else { return "\"[\" of an IPv6 address is not closed" }
            host = host[host.index(after: close)...]
            guard
                authority.dropFirst().prefix(while: { $0 != "]" }).allSatisfy({
                    $0.isHexDigit || $0 == ":" || $0 == "."
                })
            else {
                return "\"\(authority)\" is no IPv6 address"
            }
        } else {
            let name = host.prefix { $0 != ":" }
            if name.isEmpty { return "the URL has no host" }
            let allowed = name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x30...0x39,
                    UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
            if !allowed { return "\"\(name)\" is no host name: letters, digits, \"-\" and \".\" (punycode for others)" }
            if name.split(separator: ".", omittingEmptySubsequences: false).dropLast().contains("")
                || name.utf8.count > 253
            {
                return "\"\(name)\" is no host name"
            }
            host = host.dropFirst(name.count)
        }
        guard !host.isEmpty else { return nil }
        guard host.first == ":", let port = Int(host.dropFirst()), (1...65_535).contains(port),
            host.dropFirst().allSatisfy(\.isNumber)
        else { return "\"\(host.dropFirst())\" is no port (1 to 65535)" }
        return nil
    }

    private static func normalized(_ authority: String, scheme: String) -> String {
        let lower = authority.lowercased()
        let own = scheme == "https" ? ":443" : ":80"
        return lower.hasSuffix(own) && !lower.hasSuffix("::" + own.dropFirst())
            ? String(lower.dropLast(own.count)) : lower
    }

    private static func question(in bytes: [UInt8], from start: Int) -> Int? {
        bytes[start...].indices.first { bytes[$0] == UInt8(ascii: "?") && !isInTemplate(bytes, $0) }
    }

    private static func fragment(in bytes: [UInt8], from start: Int) -> Int? {
        bytes[start...].indices.first { bytes[$0] == UInt8(ascii: "#") && !isInTemplate(bytes, $0) }
    }

    /// Whether a byte stands between template marks.
    private static func isInTemplate(_ bytes: [UInt8], _ position: Int) -> Bool {
        var depth = 0
        var index = 0
        while index + 1 < position {
            let pair = (bytes[index], bytes[index + 1])
            if pair == (UInt8(ascii: "<"), UInt8(ascii: "<")) || pair == (UInt8(ascii: "{"), UInt8(ascii: "{")) {
                depth = 1
                index += 2
            } else if pair == (UInt8(ascii: ">"), UInt8(ascii: ">")) || pair == (UInt8(ascii: "}"), UInt8(ascii: "}")) {
                depth = 0
                index += 2
            } else {
                index += 1
            }
        }
        return depth > 0
    }
}
