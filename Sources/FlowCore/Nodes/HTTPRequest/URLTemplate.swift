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
        /// - Parameter meant: what may stand at the range instead, and how that is put.
        func report(_ code: Code, _ message: String, _ range: Range<Int>, meant: (text: String, title: String)? = nil) {
            let document = reader.scope.document
            let fix = meant.map { meant in
                Fix(meant.title, .safe, document.edit(ofUTF8: range, in: value, to: meant.text))
            }
            let span = document.span(ofUTF8: range, in: value)
            reader.scope.report(code, message, at: span, fixes: fix.map { [$0] } ?? [])
        }
        let whole = 0..<utf8.count
        guard let authority = Self.authority(in: utf8) else {
            if TemplateParser.hasMarks(String(text.prefix(8))) {
                report(
                    .templatedHost,
                    "the URL begins with a value: a caller could choose where call records go. only path and query can be templates",
                    whole
                )
            } else {
                let mistake = SchemeMistake(text)
                report(.badURL, mistake.message, whole, meant: mistake.meant.map { ($0, "write \"\($0)\"?") })
            }
            return nil
        }
        guard !TemplateParser.hasMarks(String(decoding: utf8[authority], as: UTF8.self)) else {
            report(
                .templatedHost,
                "the host comes from data: a caller could choose where call records go. only path and query can be templates",
                Self.templates(in: utf8, authority)
            )
            return nil
        }
        if let problem = Self.problem(ofAuthority: utf8[authority]) {
            report(.badURL, problem.message, problem.range)
            return nil
        }
        let marks = URLMarks(utf8[authority.upperBound...])
        if let hash = marks.fragment {
            report(.badURL, "a URL's fragment (\"#…\") is never sent", hash..<utf8.count)
            return nil
        }
        if let blank = marks.blank {
            report(
                .badURL,
                "the URL holds a space or a control character",
                blank..<blank + 1,
                meant: ("%20", "write %20 for a space")
            )
            return nil
        }
        if let percent = marks.percent {
            report(
                .badURL,
                "\"\(String(decoding: utf8[percent], as: UTF8.self))\" is not an escape: expected two hexadecimal digits behind \"%\"",
                percent,
                meant: (
                    "%25" + String(decoding: utf8[percent.dropFirst()], as: UTF8.self), "write %25 for a percent sign"
                )
            )
            return nil
        }
        origin = Self.origin(utf8[..<authority.upperBound])
        let mark = marks.question
        let pathRange = authority.upperBound..<(mark ?? utf8.count)
        path = reader.parse(value, part: pathRange, of: field, key: field.name, escaping: .path).encodingURLCharacters()
        query = mark.map {
            reader.parse(value, part: $0 + 1..<utf8.count, of: field, key: field.name, escaping: .form)
                .encodingURLCharacters()
        }
        pathText = String(decoding: utf8[pathRange], as: UTF8.self)
        queryText = mark.map { String(decoding: utf8[($0 + 1)...], as: UTF8.self) } ?? ""
        span = value.span
        reader.settle(field, as: .url(text, authority: authority))
    }

    /// Path and query of a request.
    func target(_ params: [Pair], _ stay: inout Stay) -> SecretText {
        var text = stay.secretText(path, .path)
        if !text.redacted.hasPrefix("/") {
            var rooted = SecretText("/")
            rooted.append(text)
            text = rooted
        }
        var separator = "?"
        if let query {
            text.append("?")
            text.append(stay.secretText(query, .form))
            separator = queryText.isEmpty ? "" : "&"
        }
        for pair in params {
            text.append(separator + Escaping.form.escaped(pair.key) + "=")
            text.append(stay.formText(pair.value, takesSensitive: false))
            separator = "&"
        }
        return text
    }

    func checkRepeated(_ params: [Pair], _ reader: FieldReader) {
        guard !params.isEmpty, !queryText.isEmpty else { return }
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
    static func authority(in bytes: [UInt8]) -> Range<Int>? {
        guard let start = schemes.first(where: { begins(bytes, with: $0) })?.count else { return nil }
        // A template in the host holds dots and blanks, but no slash before its end.
        let end = bytes[start...].firstIndex {
            $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#")
        }
        return start..<(end ?? bytes.count)
    }

    private static let schemes = [Array("https://".utf8), Array("http://".utf8)]

    /// Whether a text begins with a scheme, in whatever case.
    private static func begins(_ bytes: [UInt8], with scheme: [UInt8]) -> Bool {
        bytes.count >= scheme.count
            && scheme.indices.allSatisfy { index in
                bytes[index] == scheme[index] || bytes[index].isCapital && bytes[index] | 0x20 == scheme[index]
            }
    }

    /// From the first template's beginning to the last one's end.
    private static func templates(in bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
        func isPair(_ index: Int, _ marks: String.UTF8View) -> Bool {
            marks.contains(bytes[index]) && bytes[index - 1] == bytes[index]
        }
        let offsets = range.dropFirst()
        let start = offsets.first { isPair($0, "<{".utf8) }.map { $0 - 1 } ?? range.lowerBound
        let end = offsets.last { isPair($0, ">}".utf8) }.map { $0 + 1 } ?? range.upperBound
        return start < end ? start..<end : range
    }

    /// What is wrong with host and port and where that stands, or nil.
    static func problem(ofAuthority authority: ArraySlice<UInt8>) -> (message: String, range: Range<Int>)? {
        if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
            return ("a URL holds no user name and password; use \"auth\"", authority.startIndex..<at + 1)
        }
        if authority.first == UInt8(ascii: "[") {
            guard let close = authority.firstIndex(of: UInt8(ascii: "]")) else {
                return ("\"[\" of an IPv6 address is not closed", authority.indices)
            }
            let written = authority[...close]
            guard IPv6Address.isWritten(as: String(decoding: written.dropFirst().dropLast(), as: UTF8.self)) else {
                return ("\"\(String(decoding: written, as: UTF8.self))\" is not a valid IPv6 address", written.indices)
            }
            return problem(ofPort: authority[(close + 1)...])
        }
        let name = authority.prefix { $0 != UInt8(ascii: ":") }
        if name.isEmpty { return ("the URL has no host", authority.indices) }
        var quoted: String { "\"\(String(decoding: name, as: UTF8.self))\"" }
        if !name.allSatisfy(isHostByte) {
            return (
                "\(quoted) is not a valid host name: expected letters, digits, \"-\" and \".\" (punycode for others)",
                name.indices
            )
        }
        if name.count > 253 || hasEmptyLabel(name) { return ("\(quoted) is not a valid host name", name.indices) }
        return problem(ofPort: authority[name.endIndex...])
    }

    /// What is wrong behind a host, where nothing stands or a colon and a number.
    private static func problem(ofPort rest: ArraySlice<UInt8>) -> (message: String, range: Range<Int>)? {
        guard let colon = rest.first else { return nil }
        guard colon == UInt8(ascii: ":") else {
            let text = String(decoding: rest, as: UTF8.self)
            return ("behind \"]\" stands \"\(text)\", and only a colon and a port may", rest.indices)
        }
        let digits = rest.dropFirst()
        if digits.isEmpty { return ("a port is missing behind \":\"", rest.indices) }
        let text = String(decoding: digits, as: UTF8.self)
        let port = digits.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
        guard let port, (1...65_535).contains(port) else {
            return ("\"\(text)\" is not a valid port: expected 1 to 65535", digits.indices)
        }
        return nil
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x30...0x39,
            UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// Whether nothing stands before a dot.
    private static func hasEmptyLabel(_ name: ArraySlice<UInt8>) -> Bool {
        var previous = UInt8(ascii: ".")
        for byte in name {
            if byte == UInt8(ascii: "."), previous == byte { return true }
            previous = byte
        }
        return false
    }

    /// Scheme, host and port, in lower case and without the scheme's own port.
    private static func origin(_ written: ArraySlice<UInt8>) -> String {
        let origin = String(decoding: written, as: UTF8.self)
        let lower = written.allSatisfy { $0 < 0x80 && !$0.isCapital } ? origin : origin.lowercased()
        let own = lower.hasPrefix("https:") ? ":443" : ":80"
        return lower.hasSuffix(own) ? String(lower.dropLast(own.count)) : lower
    }
}

extension UInt8 {
    fileprivate var isCapital: Bool { (0x41...0x5A).contains(self) }
    fileprivate var isASCIILetter: Bool { (0x61...0x7A).contains(self | 0x20) }
    fileprivate var isHexDigit: Bool { (0x30...0x39).contains(self) || (0x61...0x66).contains(self | 0x20) }
}

/// What divides a URL behind its host, found in one pass; marks inside templates are part of these.
struct URLMarks {
    /// The first `#`.
    private(set) var fragment: Int?
    /// The first `?`.
    private(set) var question: Int?
    /// The first space or control character.
    private(set) var blank: Int?
    /// The first `%` without two hexadecimal digits behind it, and the letters and digits that are there.
    private(set) var percent: Range<Int>?

    init(_ bytes: ArraySlice<UInt8>) {
        var isInTemplate = false
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if let opens = Self.opens(byte), index + 1 < bytes.endIndex, bytes[index + 1] == byte {
                isInTemplate = opens
                index += 1
            } else if byte <= 0x20 || byte == 0x7F {
                if !isInTemplate, blank == nil { blank = index }
            } else if !isInTemplate {
                if byte == UInt8(ascii: "#"), fragment == nil { fragment = index }
                if byte == UInt8(ascii: "?"), question == nil { question = index }
                if byte == UInt8(ascii: "%"), percent == nil { percent = Self.badEscape(at: index, bytes) }
            }
            index += 1
        }
    }

    /// The `%` at `index` and what follows it, unless that is an escape, or a template that may make it one.
    private static func badEscape(at index: Int, _ bytes: ArraySlice<UInt8>) -> Range<Int>? {
        let next = bytes[(index + 1)...].prefix(2)
        if next.count == 2, next.allSatisfy(\.isHexDigit) { return nil }
        let rest = bytes[(index + 1)...].drop(while: \.isHexDigit)
        if rest.startIndex <= index + 2, let first = rest.first, opens(first) == true, rest.dropFirst().first == first {
            return nil
        }
        let before = bytes[..<index].suffix(2)
        if before.count == 2, let last = before.last, opens(last) == false, before.first == last { return nil }
        return index..<next.prefix { $0.isHexDigit || $0.isASCIILetter }.endIndex
    }

    /// Whether two such bytes begin a template; nil where they neither begin nor end one.
    private static func opens(_ byte: UInt8) -> Bool? {
        switch byte {
        case UInt8(ascii: "<"), UInt8(ascii: "{"): true
        case UInt8(ascii: ">"), UInt8(ascii: "}"): false
        default: nil
        }
    }
}
