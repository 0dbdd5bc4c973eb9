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
                url: http://↓169.254.169.254/latest/meta-data/
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
                url: http://↓2130706433/calls
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
                url: https://↓10.0.0.5/calls
                body:
                  outcome: <<Forward.status>>
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
                url: http://127.0.0.1:5000/calls
                body:
                  outcome: <<Forward.status>>
                transitions: end
            """
        )
    ]

    static func check(_ subject: Subject) -> [Finding] {
        subject.requestURLs.compactMap { url in
            guard let (message, severity, help) = problem(url) else { return nil }
            return subject.finding(
                code,
                message,
                at: subject.document.span(ofUTF8: url.host.nameRange, in: url.value),
                severity: severity,
                help: help.map { [$0] } ?? []
            )
        }
    }

    private static func problem(_ url: RequestURL) -> (String, Finding.Severity, help: String?)? {
        let host = url.host.name
        if let address = url.host.address {
            if address.isPlain, url.host.kind == .loopback { return nil }
            let shown = address.v4.map(HostAddress.text) ?? host
            if case .forbidden(let why) = url.host.kind {
                let name = address.isPlain ? "\"\(host)\"" : "\"\(host)\" is \(shown), which"
                return ("\(name) \(why), and flowd never calls it", .error, nil)
            }
            if !address.isPlain { return ("\"\(host)\" is \(shown) in disguise", .error, "write \"\(shown)\"") }
        } else if let (address, service) = WildcardDNS.address(of: host) {
            let shown = HostAddress.text(address)
            if HostKind(HostAddress(v4: address)) == .other {
                return ("\"\(host)\" is \(shown) by the name service of \(service)", .warning, "use a name of your own")
            }
            return (
                "\"\(host)\" is \(shown) in disguise, by the name service of \(service)", .error, "write \"\(shown)\""
            )
        }
        switch url.host.kind {
        case .forbidden(let why): return ("\"\(host)\" \(why), and flowd never calls it", .error, nil)
        case .local(let what):
            return ("\"\(host)\" is \(what): flowd does not call it with --egress public", .info, nil)
        case .loopback, .other: return nil
        }
    }
}
