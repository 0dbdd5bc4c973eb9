/// What stands where a URL has `http://` or `https://`, in words.
struct SchemeMistake {
    let message: String
    /// The URL that was probably meant; nil where nothing is near.
    let meant: String?

    /// - Parameter text: what begins with neither of the two.
    init(_ text: String) {
        let scheme = Self.scheme(of: text)
        if text.first?.isWhitespace == true {
            self.init("the URL begins with a blank", meant: text.trimmed)
        } else if let cut = Self.cut(text) {
            self.init("\"\(cut.scheme)\" is not followed by \"://\"", meant: "\(cut.scheme)://\(cut.rest)")
        } else if let scheme {
            self.init("\"\(scheme)\" is not http or https", meant: nil)
        } else if text.hasPrefix("//") {
            self.init("the URL has no scheme", meant: Self.withScheme(text.dropFirst(2)))
        } else if let first = text.first, "/.?#".contains(first) {
            self.init("a URL names a host, and this one has none", meant: nil)
        } else {
            self.init("the URL has no scheme", meant: Self.withScheme(text[...]))
        }
    }

    /// Only what would be taken is offered.
    private init(_ message: String, meant: String?) {
        self.message = message
        self.meant = meant.flatMap { Self.isURL($0) ? $0 : nil }
    }

    private static func isURL(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let authority = URLTemplate.authority(in: bytes) else { return false }
        let marks = URLMarks(bytes[authority.upperBound...])
        return URLTemplate.problem(ofAuthority: bytes[authority]) == nil && marks.blank == nil && marks.fragment == nil
            && marks.percent == nil
    }

    /// `https//a.example`, `https:/a.example` and `https:a.example`, parted behind the scheme.
    private static func cut(_ text: String) -> (scheme: String, rest: Substring)? {
        guard let scheme = ["https", "http"].first(where: text.lowercased().hasPrefix) else { return nil }
        let rest = text.dropFirst(scheme.count)
        // "http:5000/x" and "https/x" begin with a host.
        guard rest.hasPrefix("//") || rest.hasPrefix(":") && port(behind: rest) == nil else { return nil }
        return (scheme, rest.drop { $0 == ":" || $0 == "/" })
    }

    /// What stands before the first colon and can only be a scheme, as in `ftp://…` and `mailto:…`.
    private static func scheme(of text: String) -> Substring? {
        let word = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
        let rest = text[word.endIndex...]
        guard word.first?.isLetter == true, rest.first == ":" else { return nil }
        let isHost = port(behind: rest) != nil || word.contains(".") && !rest.hasPrefix("://")
        return isHost ? nil : word
    }

    /// The digits behind a colon, where nothing but a path follows them.
    private static func port(behind text: Substring) -> Substring? {
        let digits = text.dropFirst().prefix { $0.isASCII && $0.isNumber }
        let isWhole = text[digits.endIndex...].first.map("/?#".contains) ?? true
        return isWhole && (1...5).contains(digits.count) ? digits : nil
    }

    /// Nobody has a certificate for this very computer.
    private static func withScheme(_ text: Substring) -> String {
        let isHere = ["localhost", "127.", "[::1]"].contains(where: text.lowercased().hasPrefix)
        return (isHere ? "http://" : "https://") + text
    }
}
