/// A request to an app server, rendered once, when the run came to its node.
///
/// Secrets and sensitive values stand in it as references and become text at each attempt, in memory only.
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
    /// The sensitive texts that it refers to, while it is sent; never written anywhere.
    package var vault = Vault()
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

    /// Whether it refers to sensitive values: only its body and its headers can.
    package var holdsSensitive: Bool { body.holdsSensitive || headers.contains { $0.value.holdsSensitive } }
}

/// A text in which secrets and sensitive values are named, not shown.
package struct SecretText: Hashable, Sendable {
    package enum Piece: Hashable, Sendable {
        case text(String)
        case secret(name: String, filters: [Filter], escaping: Escaping)
        /// A sensitive value, by its number in the run's vault.
        case sealed(Int, escaping: Escaping)
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
        case .secret, .sealed: pieces.append(piece)
        }
    }

    package var isEmpty: Bool { pieces.isEmpty }

    package var holdsSensitive: Bool { !sealed.isEmpty }

    /// The numbers of the sensitive values in it.
    package var sealed: [Int] {
        pieces.compactMap { piece in
            guard case .sealed(let number, _) = piece else { return nil }
            return number
        }
    }

    /// The text with each secret read from `secrets`, and each sensitive value from `vault`; what neither knows gives the
    /// empty text.
    package func resolved(_ vault: Vault = Vault(), _ secrets: (String) -> String?) -> String {
        if case .text(let text)? = pieces.first, pieces.count == 1 { return text }
        return pieces.map { piece in
            switch piece {
            case .text(let text): return text
            case .secret(let name, let filters, let escaping):
                let value = filters.reduce(secrets(name).map(Datum.text) ?? .missing) { $1.apply(to: $0) }
                return escaping.escaped(value)
            case .sealed(let number, let escaping):
                return escaping.escaped(vault.text(number).map(Datum.text) ?? .missing)
            }
        }.joined()
    }

    /// As people may see it: `<secret NAME>` where a secret stands, and ``Datum/mask`` for a sensitive value.
    package var redacted: String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .secret(let name, _, _): "<secret \(name)>"
            case .sealed: Datum.mask
            }
        }.joined()
    }
}
