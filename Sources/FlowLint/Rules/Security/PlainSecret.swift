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
        Example(
            """
            version: 1
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Forward
              Forward:
                type: call_forward
                to: +12025551234
                transitions: Report
              Report:
                type: http_request
                url: https://app.example.com/calls
                headers:
                  Authorization: Bearer ↓eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJmbG93ZCJ9.3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAA
                body:
                  outcome: <<Forward.status>>
                transitions: end
            """
        ),
        Example(
            """
            version: 1
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Forward
              Forward:
                type: call_forward
                to: +12025551234
                transitions: Report
              Report:
                type: http_request
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
        Example(
            """
            version: 1
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Forward
              Forward:
                type: call_forward
                to: +12025551234
                transitions: Report
              Report:
                type: http_request
                url: https://app.example.com/calls
                body:
                  outcome: <<Forward.status>>
                  api_key: ↓9c1185a5c5e9fc54612808977ee8f548
                transitions: end
            """
        ),
    ]
    static let good = [
        Example(
            """
            version: 1
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Forward
              Forward:
                type: call_forward
                to: +12025551234
                transitions: Report
              Report:
                type: http_request
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
        var findings: [Finding] = []
        var keys: [String] = []
        walk(subject.document.root, &keys) { value, text, keys in
            guard let found = PlainCredential.first(in: text, keys: keys) else { return }
            findings.append(
                subject.finding(
                    code,
                    "this looks like \(found.what)",
                    at: subject.document.span(ofUTF8: found.range, in: value),
                    severity: found.severity,
                    help: [help(found, keys)]
                )
            )
        }
        return findings
    }

    private static func walk(_ value: Value, _ keys: inout [String], _ visit: (Value, String, [String]) -> Void) {
        switch value.content {
        case .scalar(let scalar): visit(value, scalar.text, keys)
        case .list(let items): for item in items { walk(item, &keys, visit) }
        case .mapping(let entries):
            // By place: to look at an entry must not copy all of it.
            for place in entries.indices where entries[place].key.text != "transitions" {
                keys.append(entries[place].key.text)
                walk(entries[place].value, &keys, visit)
                keys.removeLast()
            }
        }
    }

    /// Above the nodes no template is read.
    private static func help(_ found: PlainCredential, _ keys: [String]) -> String {
        let isURL = keys.count > 2 && keys[2] == "url"
        if found.severity == .info {
            return "if it opens something, " + (isURL ? writeSecret(keys) : "take it out of the file")
        }
        if found.belongsIntoURL, isURL { return writeSecret(keys) }
        guard keys.first == "nodes" else { return "take it out of the file, and give the service a new one" }
        guard !keys.contains("headers"), !keys.contains("auth") else {
            return writeSecret(keys)
        }
        // Elsewhere a secret would be seen, or cannot be read.
        let isOfRequest = keys.count > 2 && ["body", "params", "url"].contains(keys[2])
        return isOfRequest
            ? "send it in \"headers\" or \"auth\": there \(writeSecret(keys))"
            : "take it out of the file, and give the service a new one"
    }

    private static func writeSecret(_ keys: [String]) -> String {
        let name = suggestion(keys)
        return "write \"<<secrets.\(name)>>\", set FLOWD_SECRET_\(name), and give the service a new one"
    }

    /// A name for the secret, from the node's and the key's.
    private static func suggestion(_ keys: [String]) -> String {
        let last = keys.last ?? ""
        let what = last.lowercased() == "authorization" || last == "bearer" ? "token" : last
        let node = keys.count > 2 && keys[0] == "nodes" ? keys[1] + "_" : ""
        return String((node + what).uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }
}
