import FlowCore
import FlowDocument

/// One app server that is called with different timeouts or secrets.
enum UnevenHost: Rule {
    static let code = Code("FD507", "uneven-host", .info)
    static let summary = "Requests to one host have different timeouts or secrets."
    static let why = """
        One server is as fast and as trusting for one request as for the other, so a difference is often a change that \
        was made in one place only.
        """
    static let bad = [
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              transitions:
                completed: Answered
                no_answer: Missed
                busy: Missed
                failed: Missed
            Answered:
              type: http_request
              url: https://app.example.com/answered
              timeout: 10
              body:
                caller: <<Start.call.from>>
              transitions: end
            Missed:
              type: http_request
              url: https://app.example.com/missed
              timeout: ↓30
              body:
                caller: <<Start.call.from>>
              transitions: end
            """
        )
    ]
    static let good = [
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              transitions:
                completed: Answered
                no_answer: Missed
                busy: Missed
                failed: Missed
            Answered:
              type: http_request
              url: https://app.example.com/answered
              timeout: 10
              body:
                caller: <<Start.call.from>>
              transitions: end
            Missed:
              type: http_request
              url: https://app.example.com/missed
              timeout: 10
              body:
                caller: <<Start.call.from>>
              transitions: end
            """
        )
    ]

    static func check(_ subject: Subject) -> [Finding] {
        timeouts(subject) + secrets(subject)
    }

    /// A request on the call path has to be quicker than one off it: each kind is compared with its own.
    private static func timeouts(_ subject: Subject) -> [Finding] {
        var first: [String: FlowNode] = [:]
        return subject.requestURLs.compactMap { url in
            let node = url.node
            guard let setting = node.setting(.answerSeconds), let value = setting.source, let seconds = setting.number
            else { return nil }
            let key = "\(node.waitsOnCallPath) \(url.host.origin)"
            guard let other = first[key], let before = other.setting(.answerSeconds), let span = before.source?.span
            else {
                first[key] = node
                return nil
            }
            guard let others = before.number, others != seconds else { return nil }
            return subject.finding(
                code,
                "\"\(url.host.name)\" is given \(seconds) s here and \(others) s by \"\(other.name)\"",
                at: value.span,
                related: [subject.related("the other timeout", at: span)]
            )
        }
    }

    private static func secrets(_ subject: Subject) -> [Finding] {
        var secrets: [ObjectIdentifier: Set<String>] = [:]
        for read in subject.secretReads where read.use.roles.contains(.secretSink) {
            secrets[ObjectIdentifier(read.node), default: []].insert(read.name)
        }
        guard !secrets.isEmpty else { return [] }
        var first: [String: (node: FlowNode, names: Set<String>)] = [:]
        return subject.requestURLs.compactMap { url in
            let node = url.node
            guard let names = secrets[ObjectIdentifier(node)] else { return nil }
            guard let (other, before) = first[url.host.origin] else {
                first[url.host.origin] = (node, names)
                return nil
            }
            guard before != names else { return nil }
            let list = { (names: Set<String>) in names.sorted().joined(separator: ", ") }
            return subject.finding(
                code,
                "\"\(url.host.name)\" is given secret \(list(names)) here and \(list(before)) by \"\(other.name)\"",
                at: (node.setting(.credentials) ?? node.setting(.headers))?.entry?.key.span ?? node.nameSpan,
                related: [subject.related("the other request", at: other.nameSpan)]
            )
        }
    }
}
