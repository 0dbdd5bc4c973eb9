import FlowCore
import FlowDocument

/// A stretch of a text that is a credential, or looks like one.
struct PlainCredential {
    /// In words that follow "looks like".
    let what: String
    /// In UTF-8 bytes of the text.
    let range: Range<Int>
    /// An error where the shape is nothing else's, an info where as many such texts open nothing.
    let severity: Finding.Severity
    /// Whether it is a part of a URL that no header can stand in for.
    var belongsIntoURL = false

    /// The first credential in a text.
    static func first(in written: WrittenText) -> PlainCredential? {
        let text = written.text
        let bytes = Array(text.utf8)
        if bytes.count >= 27, bytes.contains(UInt8(ascii: "-")), let block = text.firstIndex(ofASCII: "-----BEGIN "),
            text[block...].contains("PRIVATE KEY-----")
        {
            return PlainCredential("a private key", 0..<bytes.count, .error)
        }
        if bytes.contains(UInt8(ascii: "@")), !written.roles.contains(.url), let range = userinfo(in: text) {
            return PlainCredential("a user's name and password in a URL", range, .error)
        }
        let words = words(of: bytes)
        for word in words {
            if let what = shape(of: word.text) { return PlainCredential(what, word.range, .error) }
        }
        if let start = text.firstIndex(ofASCII: slackHook) {
            let start = text.utf8.distance(from: text.startIndex, to: start) + slackHook.utf8.count
            let end = bytes[start...].firstIndex { !isWordByte($0) && $0 != UInt8(ascii: "/") } ?? bytes.count
            let key =
                bytes[start..<end].split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).last ?? []
            // In what documentation shows, it is one letter many times.
            if key.count >= 20, Set(key).count > 5 {
                let range = key.startIndex..<key.endIndex
                var found = PlainCredential("the key in a Slack webhook's address", range, .error)
                found.belongsIntoURL = true
                return found
            }
        }
        if let range = plivoToken(words, in: bytes) {
            return PlainCredential("a Plivo auth ID with its token", range, .error)
        }
        if let found = inAuthorization(written) { return found }
        guard written.node != nil else { return nil }
        let url = WrittenURL(bytes)
        if let found = byName(written, bytes, url) { return found }
        // The names of nodes and values look random too.
        let templates = TemplateParser.hasMarks(text) ? TemplateParser.templates(in: bytes) : []
        let random = words.filter { word in
            word.text.looksRandom && !isIdentifier(of: word.range, written.key, url)
                && !templates.holds(word.range.lowerBound)
        }
        guard let word = random.first(where: { url?.path.contains($0.range.lowerBound) != true }) ?? random.first else {
            return nil
        }
        // Parts of a path name what is asked for far more often than they open it.
        let isInPath = url?.path.contains(word.range.lowerBound) == true
        return PlainCredential("a credential: a long text at random", word.range, isInPath ? .info : .warning)
    }

    private init(_ what: String, _ range: Range<Int>, _ severity: Finding.Severity) {
        self.what = what
        self.range = range
        self.severity = severity
    }

    // MARK: By its name

    /// A text behind a key, or in a URL's query, that says by its name that it is secret.
    private static func byName(_ written: WrittenText, _ bytes: [UInt8], _ url: WrittenURL?) -> PlainCredential? {
        let what = "a credential, by the key's name"
        if bytes.count >= shortestNamed, !bytes.contains(UInt8(ascii: " ")), isSecretName(written.key),
            !TemplateParser.hasMarks(written.text), ForeignMark.first(in: written.text) == nil
        {
            return PlainCredential(what, 0..<bytes.count, .warning)
        }
        return url?.parameters.first { parameter in
            parameter.value.count >= shortestNamed && isSecretName(parameter.name)
                && !TemplateParser.hasMarks(String(decoding: bytes[parameter.value], as: UTF8.self))
        }.map { PlainCredential(what, $0.value, .warning) }
    }

    /// Bytes of the shortest text that is taken for a credential by its name alone: `none` and `true` are shorter.
    private static let shortestNamed = 6

    /// Whether a stretch of a text is a host, or is called an id, a commit or the like: what is public, however random.
    private static func isIdentifier(of range: Range<Int>, _ key: String, _ url: WrittenURL?) -> Bool {
        guard let url else { return isPublicName(key) }
        if url.authority.contains(range.lowerBound) { return true }
        return url.parameter(at: range.lowerBound).map(isPublicName) ?? false
    }

    private static func isPublicName(_ key: String) -> Bool {
        let last = key.lastWord.lowercased()
        guard publicNames.contains(last) else { return false }
        let letters = key.lowercased()
        return !["secret", "token", "password", "signature", "key"].contains(where: letters.contains)
    }

    /// The last words of keys that hold what is public.
    private static let publicNames: Set = [
        "id", "ids", "sha", "hash", "commit", "revision", "etag", "digest", "checksum", "fingerprint", "organization",
    ]

    // MARK: By where it stands

    /// Literals that are passwords or tokens by their field, or stand in an Authorization header.
    private static func inAuthorization(_ written: WrittenText) -> PlainCredential? {
        let (text, roles) = (written.text, written.roles)
        guard !text.isEmpty, !TemplateParser.hasMarks(text) else { return nil }
        if !roles.isDisjoint(with: [.password, .token]) {
            // Where the user name is the key, any one letter stands in for the password.
            guard text.utf8.count > 1 else { return nil }
            let what = roles.contains(.token) ? "a bearer token" : "a password"
            return PlainCredential(what, 0..<text.utf8.count, .warning)
        }
        guard roles.contains(.headers), written.key.lowercased() == "authorization" else { return nil }
        let scheme = text.prefix { $0 != " " }
        let start = scheme.utf8.count < text.utf8.count ? scheme.utf8.count + 1 : 0
        return PlainCredential("a credential", start..<text.utf8.count, .warning)
    }

    private static func isSecretName(_ key: String) -> Bool {
        // Most keys end in a letter in which none of the names does.
        guard let last = key.utf8.last(where: isLetter), lastLetters.contains(last | 0x20) else { return false }
        let letters = key.utf8.filter(isLetter).map { $0 | 0x20 }
        return secretNames.contains { letters.suffix($0.count) == $0[...] }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte != UInt8(ascii: "-") && byte != UInt8(ascii: "_")
    }

    /// How keys end that hold a credential, capitals, `-` and `_` aside.
    private static let secretNames = ["apikey", "password", "passwd", "secret", "token"].map { Array($0.utf8) }
    private static let lastLetters = secretNames.compactMap(\.last)

    /// `user:password@` behind `://`.
    private static func userinfo(in text: String) -> Range<Int>? {
        guard let mark = text.firstIndex(ofASCII: "://") else { return nil }
        let start = text.utf8.index(mark, offsetBy: 3)
        let authority = text[start...].prefix { $0 != "/" && $0 != "?" && $0 != "#" && $0 != " " }
        guard let at = authority.lastIndex(of: "@"), authority[..<at].contains(":"),
            !TemplateParser.hasMarks(String(authority))
        else { return nil }
        let offset = text.utf8.distance(from: text.startIndex, to: start)
        return offset..<offset + authority[..<at].utf8.count
    }

    // MARK: By what it looks like

    /// Beginnings that services give their keys so that they are found, and how much follows at least.
    private static let shapes: [(prefix: String, rest: Int, what: String)] = [
        ("sk_live_", 16, "a Stripe key"), ("rk_live_", 16, "a Stripe key"),
        ("whsec_", 20, "a webhook's signing secret"),
        ("ghp_", 30, "a GitHub token"), ("gho_", 30, "a GitHub token"), ("ghs_", 30, "a GitHub token"),
        ("github_pat_", 30, "a GitHub token"), ("glpat-", 18, "a GitLab token"), ("npm_", 30, "an npm token"),
        ("xoxb-", 20, "a Slack token"), ("xoxp-", 20, "a Slack token"), ("AIza", 30, "a Google key"),
        ("sk-ant-", 20, "an Anthropic key"), ("sk-proj-", 20, "an OpenAI key"), ("shpat_", 30, "a Shopify token"),
    ]

    private static let slackHook = "hooks.slack.com/services/"

    private static func shape(of word: String) -> String? {
        for shape in shapes
        where word.hasPrefix(shape.prefix) && word.utf8.count >= shape.prefix.utf8.count + shape.rest {
            return shape.what
        }
        if word.utf8.count == 20, word.hasPrefix("AKIA") || word.hasPrefix("ASIA"),
            word.utf8.allSatisfy(isCapitalOrDigit)
        {
            return "an AWS key"
        }
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 3, parts[0].hasPrefix("eyJ"), parts[1].hasPrefix("eyJ") { return "a JSON Web Token" }
        return word.utf8.count == 69 && word.hasPrefix("SG.") && parts.count == 3 ? "a SendGrid key" : nil
    }

    /// `MA…:token`: an account's ID, or a subaccount's (`SA…`), and behind a colon the 40 characters or more of its token.
    private static func plivoToken(_ words: [(text: String, range: Range<Int>)], in bytes: [UInt8]) -> Range<Int>? {
        zip(words, words.dropFirst()).first { id, token in
            id.text.utf8.count == 20 && (id.text.hasPrefix("MA") || id.text.hasPrefix("SA"))
                && id.text.utf8.allSatisfy(isCapitalOrDigit) && token.text.utf8.count >= 40
                && token.range.lowerBound == id.range.upperBound + 1
                && bytes[id.range.upperBound] == UInt8(ascii: ":")
        }.map { $0.range.lowerBound..<$1.range.upperBound }
    }

    private static func isCapitalOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
    }

    /// The stretches of letters, digits and what keys hold besides, with the `=` that fill up Base64 at the end.
    private static func words(of bytes: [UInt8]) -> [(text: String, range: Range<Int>)] {
        guard bytes.count >= 20 else { return [] }
        var ranges: [Range<Int>] = []
        var start = 0
        for end in 0...bytes.count where end == bytes.count || !isWordByte(bytes[end]) {
            if end - start >= 20 { ranges.append(start..<filledUp(end, bytes)) }
            start = end + 1
        }
        return ranges.map { (String(decoding: bytes[$0], as: UTF8.self), $0) }
    }

    /// The end of a word with the `=` behind it; that between a name and its value has a word right behind it.
    private static func filledUp(_ end: Int, _ bytes: [UInt8]) -> Int {
        let next = bytes[end...].firstIndex { $0 != UInt8(ascii: "=") } ?? bytes.count
        return next == bytes.count || !isWordByte(bytes[next]) ? next : end
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x30...0x39,
            UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "+"):
            true
        default: false
        }
    }
}

extension String {
    /// What stands behind the last `-`, `_`, or change to a capital: `ID` of `accountID`, `Id` of `X-Account-Id`.
    fileprivate var lastWord: Substring {
        let part = split { $0 == "-" || $0 == "_" || $0 == "." }.last ?? ""
        guard let last = part.last else { return part }
        let tail = part.reversed().prefix { $0.isUppercase == last.isUppercase }.count
        let start = part.index(part.endIndex, offsetBy: -tail)
        return last.isUppercase || start == part.startIndex ? part[start...] : part[part.index(before: start)...]
    }
}

/// The parts of a text that is a URL.
private struct WrittenURL {
    /// Host and port, with what stands before them behind `://`.
    let authority: Range<Int>
    let path: Range<Int>
    private(set) var parameters: [(name: String, value: Range<Int>)] = []

    /// The name of the parameter whose value holds a place.
    func parameter(at place: Int) -> String? {
        var (low, high) = (0, parameters.count)
        while low < high {
            let middle = (low + high) / 2
            if parameters[middle].value.upperBound <= place { low = middle + 1 } else { high = middle }
        }
        return low < parameters.count && parameters[low].value.contains(place) ? parameters[low].name : nil
    }

    /// Nil for a text that is none.
    init?(_ bytes: [UInt8]) {
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0,
            bytes[..<colon].allSatisfy({ $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }),
            bytes[(colon + 1)...].starts(with: "//".utf8)
        else { return nil }
        let start = colon + 3
        authority = start..<(bytes[start...].firstIndex { "/?#".utf8.contains($0) } ?? bytes.count)
        path = authority.upperBound..<(bytes[authority.upperBound...].firstIndex(of: UInt8(ascii: "?")) ?? bytes.count)
        guard path.upperBound < bytes.count else { return }
        for part in bytes[(path.upperBound + 1)...].split(separator: UInt8(ascii: "&")) {
            guard let mark = part.firstIndex(of: UInt8(ascii: "=")) else { continue }
            parameters.append((String(decoding: part[..<mark], as: UTF8.self), mark + 1..<part.endIndex))
        }
    }
}
