import FlowCore
import FlowDocument

/// A secret that is not there, or that cannot be set.
///
/// Which secrets there are is known to `flowd serve` alone; lint sees their names.
enum MissingSecret: Rule {
    static let code = Code.missingSecret
    static let summary = "A secret is not set when the flow is served, or its name cannot be set."
    static let why = """
        Secrets come from FLOWD_SECRET_<NAME> in the environment, or from a file of that name. flowd serve refuses a \
        flow whose secrets are not all there, for its requests would fail one by one. A shell can set names of \
        letters, digits and "_" only.
        """
    static let bad = [
        Example.reporting(
            """
            url: https://app.example.com/calls
            auth:
              bearer: ↓<<secrets.APP-TOKEN>>
            body:
              outcome: <<Forward.status>>
            transitions: end
            """
        )
    ]
    static let good = [
        Example.reporting(
            """
            url: https://app.example.com/calls
            auth:
              bearer: <<secrets.APP_TOKEN>>
            body:
              outcome: <<Forward.status>>
            transitions: end
            """
        )
    ]

    static func check(_ subject: Subject) -> [Finding] {
        subject.secretReads.compactMap { read in
            let name = read.name
            guard !name.utf8.allSatisfy(isSettable) else { return nil }
            let plain = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
            return subject.finding(
                code,
                "no shell can set FLOWD_SECRET_\(name): names have letters, digits and \"_\"",
                at: subject.span(of: read.reference, in: read.use),
                severity: .warning,
                help: [
                    (plain.contains { $0 != "_" } ? "call it \"\(plain)\"" : "name it in such letters")
                        + ", or keep it as a file in --secrets-dir"
                ]
            )
        }
    }

    private static func isSettable(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x30...0x39,
            UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
