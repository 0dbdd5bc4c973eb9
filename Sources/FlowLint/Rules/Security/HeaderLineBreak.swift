import FlowCore
import FlowDocument

/// A header value that may hold a line break.
enum HeaderLineBreak: Rule {
    static let code = Code("FD603", "header-line-break", .warning)
    static let summary = "A value with line breaks or control characters can reach a header."
    static let why = """
        A line break in a header would begin another header, so flowd takes them out, and the app server gets a text \
        that nobody wrote. What a caller or a sender chooses can hold any character.
        """
    static let bad = [
        Example(
            """
            version: 1
            nodes:
              Start:
                type: start
                transitions:
                  incoming_message: Report
              Report:
                type: http_request
                url: https://app.example.com/messages
                headers:
                  X-Text: ↓<<Start.message.text>>
                body:
                  from: <<Start.message.from>>
                transitions: end
            """
        ),
        Example.reporting(
            """
            url: https://app.example.com/calls
            headers:
              X-Office: ↓|
                Berlin
                Mitte
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
                  incoming_message: Report
              Report:
                type: http_request
                url: https://app.example.com/messages
                headers:
                  X-From: <<Start.message.from>>
                body:
                  text: <<Start.message.text>>
                transitions: end
            """
        )
    ]

    static func check(_ subject: Subject) -> [Finding] {
        subject.flow.nodes.flatMap { node in
            literals(node, subject) + references(node, subject.taint, subject)
        }
    }

    private static func literals(_ node: FlowNode, _ subject: Subject) -> [Finding] {
        (node.setting(.headers)?.source?.entries ?? []).compactMap { entry in
            let scalars = Self.textBesideTemplates(entry.value.text ?? "").unicodeScalars
            guard scalars.contains(where: { $0.value < 0x20 && $0 != "\t" || $0.value == 0x7F }) else { return nil }
            return subject.finding(
                code,
                "the value of \"\(entry.key.text)\" holds a line break or a control character; flowd removes it",
                at: entry.value.span,
                help: ["write it in one line; a text behind \"|\" ends with a line break"]
            )
        }
    }

    /// What stands in the header in any case: a line break in a filter's argument is only looked for.
    private static func textBesideTemplates(_ text: String) -> String {
        guard TemplateParser.hasMarks(text) else { return text }
        var bytes = Array(text.utf8)
        for template in TemplateParser.templates(in: bytes).reversed() { bytes.removeSubrange(template) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func references(_ node: FlowNode, _ taint: Taint, _ subject: Subject) -> [Finding] {
        node.templates.lazy.filter { $0.escaping == .header }.flatMap { use in
            use.references.compactMap { reference in
                guard taint.isUntrusted(reference), !subject.flow.roles(of: reference).contains(.oneLine),
                    !reference.filters.contains(where: { safe.contains($0.kind) })
                else {
                    return nil
                }
                // What one's own app server answers is a lesser worry.
                let isOutside = taint.isFromOutside(reference)
                return subject.finding(
                    code,
                    "\"\(reference.text)\" may hold line breaks; flowd removes them",
                    at: subject.span(of: reference, in: use),
                    severity: isOutside ? .warning : .info,
                    help: isOutside ? ["send it in the body, or through \"| url_encode\""] : []
                )
            }
        }
    }

    /// Filters behind which no control character is left.
    private static let safe: [Filter.Kind] = [.url_encode, .json, .size]
}
