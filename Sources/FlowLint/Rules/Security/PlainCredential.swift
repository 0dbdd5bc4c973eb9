import FlowCore

/// A stretch of a text that is a credential, or looks like one.
struct PlainCredential {
    /// In words that follow "looks like".
    let what: String
    /// In UTF-8 bytes of the text.
    let range: Range<Int>
    /// Its shape is nothing else's.
    let isCertain: Bool

    /// - Parameter keys: the keys that lead to the text, from the top of the file.
    static func first(in text: String, keys: [String]) -> PlainCredential? {
        let bytes = Array(text.utf8)
        if bytes.count >= 27, bytes.contains(UInt8(ascii: "-")), let block = text.firstIndex(ofASCII: "-----BEGIN "),
            text[block...].contains("PRIVATE KEY-----")
        {
            return PlainCredential("a private key", 0..<bytes.count, isCertain: true)
        }
        if bytes.contains(UInt8(ascii: "@")), keys.last != "url", let range = userinfo(in: text) {
            return PlainCredential("a user's name and password in a URL", range, isCertain: true)
        }
        let words = words(of: bytes)
        for word in words {
            if let what = shape(of: word.text) { return PlainCredential(what, word.range, isCertain: true) }
        }
        if let range = plivoToken(words, in: bytes) {
            return PlainCredential("a Plivo auth ID with its token", range, isCertain: true)
        }
        if let found = inAuthorization(text, keys) { return found }
        guard keys.first == "nodes", keys.count > 2 else { return nil }
        if bytes.count >= 8, !bytes.contains(UInt8(ascii: " ")), isSecretName(keys[keys.count - 1]),
            !TemplateParser.hasMarks(text)
        {
            return PlainCredential("a credential, by the key's name", 0..<bytes.count, isCertain: false)
        }
        return words.first { $0.text.looksRandom }.map {
            PlainCredential("a credential: a long text at random", $0.range, isCertain: false)
        }
    }

    private init(_ what: String, _ range: Range<Int>, isCertain: Bool) {
        self.what = what
        self.range = range
        self.isCertain = isCertain
    }

    // MARK: By where it stands

    /// Literals in `auth`, and in an Authorization header.
    private static func inAuthorization(_ text: String, _ keys: [String]) -> PlainCredential? {
        guard let key = keys.last, !text.isEmpty else { return nil }
        if key == "bearer" || key == "password", keys.contains("auth") {
            guard !TemplateParser.hasMarks(text) else { return nil }
            let what = key == "bearer" ? "a bearer token" : "a password"
            return PlainCredential(what, 0..<text.utf8.count, isCertain: false)
        }
        guard keys.count > 1, keys[keys.count - 2] == "headers", key.lowercased() == "authorization",
            !TemplateParser.hasMarks(text)
        else { return nil }
        let scheme = text.prefix { $0 != " " }
        let start = scheme.utf8.count < text.utf8.count ? scheme.utf8.count + 1 : 0
        return PlainCredential("a credential", start..<text.utf8.count, isCertain: false)
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
