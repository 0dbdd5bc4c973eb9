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
        Example.reporting(
            """
            url: https://app.example.com/calls/↓<<Start.call.uuid>>
            body:
              outcome: <<Forward.status>>
            transitions: end
            """
        ),
        Example.reporting(
            """
            method: GET
            url: https://app.example.com/calls
            params:
              outcome: '↓<<Forward.status | url_encode>>'
            transitions: end
            """
        ),
    ]
    static let good = [
        Example.reporting(
            """
            url: https://app.example.com/calls?id=<<Start.call.uuid>>
            body:
              outcome: <<Forward.status>>
            transitions: end
            """
        )
    ]

    static func check(_ subject: Subject) -> [Finding] {
        subject.requests.flatMap { node in
            node.templates.lazy.filter { $0.isInURL && ($0.escaping == .path || $0.escaping == .form) }.flatMap { use in
                use.references.compactMap { finding($0, use, subject) }
            }
        }
    }

    private static func finding(_ reference: Reference, _ use: TemplateUse, _ subject: Subject) -> Finding? {
        let isPath = use.escaping == .path
        let span = subject.span(of: reference, in: use)
        if reference.filters.last?.kind == .url_encode {
            return subject.finding(
                code,
                "\"\(reference.text)\" is encoded twice: flowd encodes what stands in a URL itself",
                at: span,
                severity: .warning,
                fixes: [Fix("leave out \"| url_encode\"", .safe, withoutLastFilter(reference, use, subject))]
            )
        }
        // A secret in a URL is another rule's.
        if !isPath { return nil }
        if case .secret = reference.source { return nil }
        let isNumber = subject.isPhoneNumber(reference)
        return subject.finding(
            code,
            "\"\(reference.text)\" is percent-encoded in the path: \(isNumber ? "\"+\" becomes %2B" : "\"/\" becomes %2F")",
            at: span
        )
    }

    /// Takes the last filter away, which has no argument.
    private static func withoutLastFilter(_ reference: Reference, _ use: TemplateUse, _ subject: Subject) -> [Edit] {
        let bytes = Array((use.value.text ?? "").utf8)
        guard reference.range.upperBound <= bytes.count else { return [] }
        let inner = reference.range.dropFirst(2).dropLast(2)
        guard let bar = bytes[inner].lastIndex(of: UInt8(ascii: "|")) else { return [] }
        let start = bytes[inner.lowerBound..<bar].lastIndex { $0 != 0x20 }.map { $0 + 1 } ?? bar
        return [Edit(subject.document.span(ofUTF8: start..<inner.upperBound, in: use.value), "")]
    }
}
