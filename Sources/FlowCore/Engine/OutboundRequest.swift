/// A request to an app server, rendered once, when the run came to its node.
///
/// Secrets stand in it as references and become text at each attempt, in memory only.
package struct OutboundRequest: Hashable, Sendable {
    package enum Authorization: Hashable, Sendable {
        case basic(username: SecretText, password: SecretText)
        case bearer(SecretText)
    }

    package struct Header: Hashable, Sendable {
        package var name: String
        package var value: SecretText

        package init(_ name: String, _ value: SecretText) {
            self.name = name
            self.value = value
        }
    }

    /// `GET`, `POST`, `PUT`, `PATCH` or `DELETE`.
    package var method: String
    /// `http://host:port` or `https://host:port`, lower case, never from a template.
    package var origin: String
    /// Path and query, percent-encoded, beginning with `/`.
    package var target: SecretText
    package var headers: [Header]
    package var authorization: Authorization?
    package var body: SecretText
    /// Seconds for the whole of one attempt.
    package var timeout: Int
    /// Fields that a newer flowd wrote, kept as they are.
    package var unknownFields = UnknownFields()

    package init(method: String, origin: String, target: SecretText, timeout: Int) {
        self.method = method
        self.origin = origin
        self.target = target
        self.timeout = timeout
        headers = []
        body = SecretText()
    }
}

/// A text in which secrets are named, not shown.
package struct SecretText: Hashable, Sendable {
    package enum Piece: Hashable, Sendable {
        case text(String)
        case secret(name: String, filters: [Filter], escaping: Escaping)
    }

    package private(set) var pieces: [Piece]

    package init(_ text: String = "") {
        pieces = text.isEmpty ? [] : [.text(text)]
    }

    package mutating func append(_ text: some StringProtocol) {
        guard !text.isEmpty else { return }
        guard case .text(var joined) = pieces.last else { return pieces.append(.text(String(text))) }
        // Taken out, so that it grows in place.
        pieces.removeLast()
        joined += text
        pieces.append(.text(joined))
    }

    package mutating func append(_ other: SecretText) {
        for piece in other.pieces { append(piece) }
    }

    package mutating func append(_ piece: Piece) {
        switch piece {
        case .text(let text): append(text)
        case .secret: pieces.append(piece)
        }
    }

    package var isEmpty: Bool { pieces.isEmpty }

    /// The text with each secret read from `secrets`; an unknown name gives the empty text.
    package func resolved(_ secrets: (String) -> String?) -> String {
        if case .text(let text)? = pieces.first, pieces.count == 1 { return text }
        return pieces.map { piece in
            switch piece {
            case .text(let text): return text
            case .secret(let name, let filters, let escaping):
                let value = filters.reduce(secrets(name).map(Datum.text) ?? .missing) { $1.apply(to: $0) }
                return escaping.escaped(value)
            }
        }.joined()
    }

    /// As people may see it: `<secret NAME>` where a secret stands.
    package var redacted: String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .secret(let name, _, _): "<secret \(name)>"
            }
        }.joined()
    }
}
