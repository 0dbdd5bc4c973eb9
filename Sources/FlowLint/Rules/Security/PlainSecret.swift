import FlowCore
import FlowDocument

/// A credential that stands in the file.
enum PlainSecret: Rule {
    static let code = Code("FD605", "plain-secret", .warning)
    static let summary = "A flow holds a password, a token or a key as plain text."
    static let why = """
        Flow files are committed, copied and shown. What `<<secrets.NAME>>` names comes from the environment or a file \
        of its own, and is never logged, stored or shown.
        """
    static let bad = [
        Example.reporting(
            """
            url: https://app.example.com/calls
            headers:
              Authorization: Bearer ↓eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJmbG93ZCJ9.3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAA
            body:
              outcome: <<Forward.status>>
            transitions: end
            """
        ),
        Example.reporting(
            """
            url: https://app.example.com/calls
            auth:
              basic:
                username: flowd
                password: ↓correct horse battery staple
            body:
              outcome: <<Forward.status>>
            transitions: end
            """
        ),
        Example.reporting(
            """
            url: https://app.example.com/calls
            body:
              outcome: <<Forward.status>>
              api_key: ↓9c1185a5c5e9fc54612808977ee8f548
            transitions: end
            """
        ),
    ]
    static let good = [
        Example.reporting(
            """
            url: https://app.example.com/calls
            headers:
              X-Api-Key: <<secrets.APP_KEY>>
            auth:
              bearer: <<secrets.APP_TOKEN>>
            body:
              outcome: <<Forward.status>>
            transitions: end
            """
        )
    ]

    static func check(_ subject: Subject) -> [Finding] {
        WrittenText.all(in: subject).compactMap { written in
            guard let found = PlainCredential.first(in: written) else { return nil }
            return subject.finding(
                code,
                "this looks like \(found.what)",
                at: subject.document.span(ofUTF8: found.range, in: written.value),
                severity: found.severity,
                help: [help(found, written)]
            )
        }
    }

    /// Above the nodes no template is read.
    private static func help(_ found: PlainCredential, _ written: WrittenText) -> String {
        let roles = written.roles
        let isURL = roles.contains(.url)
        if found.severity == .info {
            return "if it opens something, " + (isURL ? writeSecret(written) : "take it out of the file")
        }
        if found.belongsIntoURL, isURL {
            // The rest of the address stays, as the value of a template has no "/" in it.
            let start = String(decoding: written.text.utf8.prefix(found.range.lowerBound), as: UTF8.self)
            return writeSecret(written, behind: start)
                + ", and say that it is meant: # flowd: ignore[\(ExposedSecret.code.id)] the key is a part of the URL"
        }
        guard roles.isDisjoint(with: [.headers, .credentials, .secretSink]) else { return writeSecret(written) }
        // Elsewhere a secret would be seen, or cannot be read.
        return roles.isDisjoint(with: [.body, .query, .url])
            ? "take it out of the file, and give the service a new one"
            : "send it in \"headers\" or \"auth\": there \(writeSecret(written))"
    }

    private static func writeSecret(_ written: WrittenText, behind start: String = "") -> String {
        let name = suggestion(for: written)
        return "write \"\(start)<<secrets.\(name)>>\", set FLOWD_SECRET_\(name), and give the service a new one"
    }

    /// A name for the secret, from the node's and the key's.
    private static func suggestion(for written: WrittenText) -> String {
        let isToken = written.key.lowercased() == "authorization" || written.roles.contains(.token)
        let name = (written.node.map { $0.name + "_" } ?? "") + (isToken ? "token" : written.key)
        return String(name.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }
}
