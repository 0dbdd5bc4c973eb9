import FlowCore
import FlowDocument

/// A request that anybody on the way can read.
enum Unencrypted: Rule {
    static let code = Code("FD604", "unencrypted", .warning)
    static let summary = "An http:// URL leads away from this machine."
    static let why = """
        Who called whom, when and for how long would travel as plain text, and so would the credentials that go with \
        it. On this machine, http:// is fine.
        """
    static let bad = [
        Example.reporting(
            """
            url: ↓http://app.example.com/calls
            body:
              outcome: <<Forward.status>>
            transitions: end
            """
        ),
        Example.reporting(
            """
            url: ↓http://app.example.com/calls
            auth:
              bearer: <<secrets.APP_TOKEN>>
            body:
              outcome: <<Forward.status>>
            transitions: end
            """
        ),
    ]
    static let good = [
        Example.reporting(
            """
            url: http://127.0.0.1:5000/calls
            body:
              outcome: <<Forward.status>>
            transitions: end
            """
        )
    ]

    static func check(_ subject: Subject) -> [Finding] {
        let readers = Set(subject.secretReads.map { ObjectIdentifier($0.node) })
        return subject.requestURLs.compactMap { url in
            guard url.host.scheme == "http" else { return nil }
            let isLocal: Bool
            switch url.host.kind {
            case .loopback, .forbidden: return nil
            case .local: isLocal = true
            case .other: isLocal = false
            }
            let credential = credential(of: url.node, readsSecret: readers.contains(ObjectIdentifier(url.node)))
            let severity: Finding.Severity =
                switch (isLocal, credential != nil) {
                case (false, true): .error
                case (false, false), (true, true): .warning
                case (true, false): .info
                }
            let what = credential.map { "\($0) and call data" } ?? "call data"
            let place = isLocal ? " over the local network" : ""
            let span = subject.document.span(ofUTF8: url.host.schemeRange, in: url.value)
            return subject.finding(
                code,
                "\(what) would travel unencrypted\(place) to \"\(url.host.name)\"",
                at: span,
                severity: severity,
                fixes: [Fix("write \"https://\(url.text.dropFirst(7))\"?", .maybe, [Edit(span, "https://")])]
            )
        }
    }

    private static func credential(of node: FlowNode, readsSecret: Bool) -> String? {
        if node.setting(.credentials)?.source?.entries != nil { return "credentials" }
        let isAuthorized = (node.setting(.headers)?.source?.entries ?? []).contains {
            $0.key.text.lowercased() == "authorization"
        }
        return readsSecret ? "a secret" : isAuthorized ? "credentials" : nil
    }
}
