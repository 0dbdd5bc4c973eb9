import FlowCore
import FlowDocument

/// An address that hides what it is, or that a request must not go to.
enum DisguisedAddress: Rule {
    static let code = Code("FD607", "disguised-address", .error)
    static let summary = "A URL names a metadata address, an address in disguise, or one of a local network."
    static let why = """
        169.254.169.254 tells a cloud machine its credentials; flowd never calls it, whatever its spelling. An address \
        written as one number, in octal or in IPv6 hides from whoever reads the flow where its data goes.
        """
    static let bad = [
        Example.reporting(
            """
            url: http://↓169.254.169.254/latest/meta-data/
            body:
              outcome: <<Forward.status>>
            transitions: end
            """
        ),
        Example.reporting(
            """
            url: http://↓2130706433/calls
            body:
              outcome: <<Forward.status>>
            transitions: end
            """
        ),
        Example.reporting(
            """
            url: https://↓10.0.0.5/calls
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
        subject.requestURLs.compactMap { url in
            guard let problem = problem(url) else { return nil }
            let span = subject.document.span(ofUTF8: url.host.nameRange, in: url.value)
            return subject.finding(
                code,
                problem.message,
                at: span,
                severity: problem.severity,
                help: problem.help.map { [$0] } ?? [],
                fixes: [problem.plain.map { Fix("write \"\($0)\"", .safe, [Edit(span, $0)]) }]
            )
        }
    }

    private struct Problem {
        var message: String
        var severity: Finding.Severity
        var help: String?
        /// The address as people write it.
        var plain: String?
    }

    private static func problem(_ url: RequestURL) -> Problem? {
        let host = url.host.name
        if let address = url.host.address {
            if address.isPlain, url.host.kind == .loopback { return nil }
            let shown = address.v4.map(HostAddress.text) ?? host
            if case .forbidden(let why) = url.host.kind {
                let name = address.isPlain ? "\"\(host)\"" : "\"\(host)\" is \(shown), which"
                return Problem(message: "\(name) \(why), and flowd never calls it", severity: .error)
            }
            if !address.isPlain {
                return Problem(message: "\"\(host)\" is \(shown) in disguise", severity: .error, plain: shown)
            }
        } else if let (address, service) = WildcardDNS.address(of: host) {
            let shown = HostAddress.text(address)
            if HostKind(HostAddress(v4: address)) == .other {
                let message = "\"\(host)\" is \(shown) by the name service of \(service)"
                return Problem(message: message, severity: .warning, help: "use a name of your own")
            }
            let message = "\"\(host)\" is \(shown) in disguise, by the name service of \(service)"
            return Problem(message: message, severity: .error, plain: shown)
        }
        switch url.host.kind {
        case .forbidden(let why):
            return Problem(message: "\"\(host)\" \(why), and flowd never calls it", severity: .error)
        case .local(let what):
            let message = "\"\(host)\" is \(what): flowd does not call it with --egress public"
            return Problem(message: message, severity: .info)
        case .loopback, .other: return nil
        }
    }
}
