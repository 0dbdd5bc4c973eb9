/// A key whose `:` has no space behind it, so that YAML reads key and value as one text: `ring_timeout:20`.
struct MissingSpace {
    private let key: Substring
    /// What stands behind the colon and looks like a space, but is none.
    private let lookalike: Unicode.Scalar?
    private let value: Substring
    private let span: Span

    /// - Returns: nil where the text is no such key and value. `https://…` is none, nor is `sip:…`.
    init?(_ span: Span, in source: [UInt8]) {
        let text = source.text(span.start.offset..<span.end.offset)
        let word = text.unicodeScalars.prefix { $0.isASCII && UInt8($0.value).isWord && $0 != "%" }
        let rest = text.unicodeScalars[word.endIndex...]
        guard let first = word.first, first.properties.isAlphabetic, rest.first == ":" else { return nil }
        let behind = rest.dropFirst()
        guard let next = behind.first, next != " ", next != "\t", !behind.starts(with: "//".unicodeScalars) else {
            return nil
        }
        guard !["sip", "sips", "tel", "mailto"].contains(String(word)) else { return nil }
        key = Substring(word)
        lookalike = behind.first.flatMap { $0.isLookalikeOfSpace ? $0 : nil }
        value = Substring(behind.drop { $0.isLookalikeOfSpace })
        self.span = span
    }

    var failure: ReadFailure {
        let text = "\(key):\(value)"
        return ReadFailure(
            .syntax,
            lookalike.map { "expected a space behind \"\(key):\", found \($0.nameAsSpace)" }
                ?? "a space is missing behind the \":\" of \"\(text)\"",
            span: span,
            help: ["write \"\(key): \(value)\""]
        )
    }
}
