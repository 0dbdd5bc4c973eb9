import FlowCore
import FlowDocument

/// A value in a URL, and what becomes of its characters.
enum TemplatedPath: Rule {
    static let code = Code("FD602", "templated-path", .info)
    static let summary = "A template stands in the path of a URL, or is encoded twice there."
    static let why = """
        flowd percent-encodes every value for the place it stands in, so that no value can change the path: "/" \
        becomes "%2F", "+" becomes "%2B". The app server has to decode it. A value that went through url_encode before \
        is encoded twice.
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
                url: https://app.example.com/calls/↓<<Start.call.uuid>>
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
                method: GET
                url: https://app.example.com/calls
                params:
                  outcome: '↓<<Forward.status | url_encode>>'
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
                url: https://app.example.com/calls?id=<<Start.call.uuid>>
                body:
                  outcome: <<Forward.status>>
                transitions: end
            """
        )
    ]

    static func check(_ subject: Subject) -> [Finding] {
        subject.requests.flatMap { node in
            node.templates.lazy.filter { $0.isInURL && ($0.place == .path || $0.place == .form) }.flatMap { use in
                use.references.compactMap { finding($0, use, subject) }
            }
        }
    }

    private static func finding(_ reference: Reference, _ use: TemplateUse, _ subject: Subject) -> Finding? {
        let isPath = use.place == .path
        let span = subject.span(of: reference, in: use)
        if reference.filters.last?.kind == .url_encode {
            return subject.finding(
                code,
                "\"\(reference.text)\" is encoded twice: flowd encodes what stands in a URL itself",
                at: span,
                severity: .warning,
                help: ["leave out \"| url_encode\""]
            )
        }
        guard isPath else { return nil }
        let isNumber = subject.isPhoneNumber(reference)
        return subject.finding(
            code,
            "\"\(reference.text)\" is percent-encoded in the path: \(isNumber ? "\"+\" becomes %2B" : "\"/\" becomes %2F")",
            at: span
        )
    }
}
