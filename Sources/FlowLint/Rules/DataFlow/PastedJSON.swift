import FlowCore
import FlowDocument

/// JSON that is written as one text.
enum PastedJSON: Rule {
    static let code = Code("FD311", "pasted-json", .warning)
    static let summary = "A body is JSON written as a text, with values pasted into it."
    static let why = """
        A quote or a line break in a value breaks the JSON, and a caller can choose some of them. Unless a header \
        says otherwise the text is sent as text/plain.
        """
    static let bad = [
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              transitions: Log
            Log:
              type: http_request
              url: https://app.example.com/log
              body: ↓'{"from": "<<Start.call.from>>", "status": "<<Forward.status>>"}'
              transitions: end
            """
        ),
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              transitions: Log
            Log:
              type: http_request
              url: https://app.example.com/log
              headers:
                Content-Type: application/json
              body: ↓'{"status": "<<Forward.status | json>>"}'
              transitions: end
            """
        ),
    ]
    static let good = [
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              transitions: Log
            Log:
              type: http_request
              url: https://app.example.com/log
              format: json
              body:
                from: <<Start.call.from>>
                status: <<Forward.status>>
              transitions: end
            """
        ),
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              transitions: Log
            Log:
              type: http_request
              url: https://app.example.com/log
              body: '[Missed call from <<Start.call.from>>: <<Forward.status>>]'
              transitions: end
            """
        ),
    ]

    static func check(_ subject: Subject) -> [Finding] {
        subject.requests.flatMap { node in
            [quotes(of: node, subject) ?? body(of: node, subject)].compactMap(\.self) + pairs(of: node, subject)
        }
    }

    /// A body that would be JSON, but for quotes that are none.
    private static func quotes(of node: FlowNode, _ subject: Subject) -> Finding? {
        guard let body = node.setting(.body)?.source, let text = body.text, let quote = CurlyQuotes.first(inJSON: text)
        else { return nil }
        return subject.finding(
            code,
            "\(CurlyQuotes.name(quote)) is no quote of JSON, so the body cannot be read as JSON",
            at: body.span,
            help: ["write key:value pairs under \"body\" with \"format: json\"", "or write \" for each such quote"]
        )
    }

    /// A body that is one text.
    private static func body(of node: FlowNode, _ subject: Subject) -> Finding? {
        guard let body = node.setting(.body)?.source, let text = body.text, looksLikeJSON(text) else { return nil }
        let references = node.templates.first { $0.value == body }?.references ?? []
        let mistake = firstMistake(references, in: text, subject)
        let isJSON = (node.setting(.headers)?.source?.entries ?? []).contains {
            $0.key.text.lowercased() == "content-type" && $0.value.text?.lowercased().contains("json") == true
        }
        let isQuotedTwice = mistake?.kind == .quotedTwice
        guard mistake != nil || !isJSON else { return nil }
        return subject.finding(
            code,
            (isJSON || isQuotedTwice ? mistake?.message : nil)
                ?? "the body looks like JSON, but as one text it is sent as text/plain",
            at: body.span,
            help: ["write key:value pairs under \"body\" with \"format: json\""]
                + ((mistake?.reference ?? references.first { $0.filters.last?.kind != .json }).map {
                    ["or write <<\($0.text) | json>> without quotes around it, and a Content-Type header"]
                } ?? [])
        )
    }

    /// Fields of a form, or texts in a JSON body, that are JSON themselves.
    private static func pairs(of node: FlowNode, _ subject: Subject) -> [Finding] {
        guard let body = node.setting(.body)?.source, body.scalar == nil else { return [] }
        return node.templates.compactMap { use in
            guard use.roles.contains(.body), let text = use.value.text, looksLikeJSON(text),
                let mistake = firstMistake(use.references, in: text, subject)
            else { return nil }
            return subject.finding(
                code,
                mistake.message,
                at: use.value.span,
                help: [
                    "write <<\(mistake.reference.text) | json>> without quotes around it, or nested pairs with \"format: json\""
                ]
            )
        }
    }
}
