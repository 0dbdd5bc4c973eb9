import FlowCore
import FlowDocument

/// A secret in a place that is written down.
enum ExposedSecret: Rule {
    static let code = Code("FD606", "exposed-secret", .warning)
    static let summary = "A secret is read outside headers and `auth`."
    static let why = """
        URLs end up in the access logs of every server on the way, and bodies in the app server's own. What a call \
        says and dials is read by Plivo, so a secret is not readable there: its name would be sent.
        """
    static let bad = [
        Example.reporting(
            """
            url: https://app.example.com/calls?key=↓<<secrets.APP_KEY>>
            body:
              outcome: <<Forward.status>>
            transitions: end
            """
        ),
        Example.dialling(
            """
            to: sip:reception@phone.plivo.com
            send_digits: ↓<<secrets.DOOR_CODE>>
            """
        ),
    ]
    static let good = [
        Example.reporting(
            """
            url: https://app.example.com/calls
            headers:
              X-Api-Key: <<secrets.APP_KEY>>
            body:
              outcome: <<Forward.status>>
            transitions: end
            """
        )
    ]

    static func check(_ subject: Subject) -> [Finding] {
        subject.secretReads.compactMap { read in
            guard let message = message(read.name, read.use) else { return nil }
            let roles = read.use.roles
            return subject.finding(
                code,
                message,
                at: subject.span(of: read.reference, in: read.use),
                severity: roles.contains(.body) ? .info : nil,
                help: roles.isDisjoint(with: readable)
                    ? []
                    : [
                        "send it in \"headers\" or \"auth\", or ignore this with a reason where the service wants it here"
                    ]
            )
        }
    }

    /// What a request carries, and so where a secret is put in.
    private static let readable: FieldRoles = [.secretSink, .url, .query, .body]

    private static func message(_ name: String, _ use: TemplateUse) -> String? {
        let roles = use.roles
        if roles.contains(.secretSink) { return nil }
        if use.isInURL { return "secret \"\(name)\" stands in the URL: secrets in URLs end up in access logs" }
        if roles.contains(.body) {
            return "secret \"\(name)\" stands in \"\(use.field.name)\", which app servers often log"
        }
        return "\"\(use.key)\" cannot read a secret: \"<secret \(name)>\" would stand there"
    }
}
