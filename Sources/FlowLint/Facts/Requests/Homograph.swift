/// Host names in other alphabets whose letters look like Latin ones (UTS 39, "confusables").
enum Homograph {
    /// What a punycode host is shown as, and the Latin host that a reader takes it for; nil where it deceives nobody.
    static func seeming(_ host: String) -> (shown: String, ascii: String)? {
        guard host.firstIndex(ofASCII: "xn--") != nil else { return nil }
        var shown: [String] = []
        var ascii: [String] = []
        var deceives = false
        for label in host.split(separator: ".", omittingEmptySubsequences: false) {
            guard label.hasPrefix("xn--"), let scalars = Punycode.decoded(label.dropFirst(4)) else {
                shown.append(String(label))
                ascii.append(String(label))
                continue
            }
            let latin = scalars.map { $0.isASCII ? $0 : looks[$0] }
            guard !latin.contains(nil) else { return nil }
            deceives = deceives || scalars.contains { !$0.isASCII }
            shown.append(String(String.UnicodeScalarView(scalars)))
            ascii.append(String(String.UnicodeScalarView(latin.compactMap(\.self))))
        }
        return deceives ? (shown.joined(separator: "."), ascii.joined(separator: ".")) : nil
    }

    /// Cyrillic and Greek letters, and the Latin ones they look like.
    private static let looks: [Unicode.Scalar: Unicode.Scalar] = [
        "а": "a", "с": "c", "ԁ": "d", "е": "e", "һ": "h", "і": "i", "ј": "j", "ӏ": "l", "о": "o", "р": "p", "ԛ": "q",
        "ѕ": "s", "ԝ": "w", "х": "x", "у": "y", "ԍ": "g", "ո": "n", "ս": "u", "օ": "o", "α": "a", "ι": "i", "ν": "v",
        "ο": "o", "ρ": "p", "υ": "u", "ı": "i", "ɡ": "g", "ɑ": "a",
    ]
}
