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
                transitions: Log
              Log:
                type: http_request
                url: https://app.example.com/log
                body: ↓'{"from": "<<Start.call.from>>", "status": "<<Forward.status>>"}'
                transitions: end
            """
        )
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
        )
    ]

    static func check(_ subject: Subject) -> [Finding] {
        subject.requests.compactMap { node in
            guard let body = node.source["body"], let text = body.text,
                looksLikeJSON(text)
            else { return nil }
            let use = node.templates.first { $0.value == body }
            let raw = use?.references.first { $0.filters.last?.kind != .json }
            let headers = node.source["headers"]?.entries ?? []
            let isJSON = headers.contains {
                $0.key.text.lowercased() == "content-type" && $0.value.text?.lowercased().contains("json") == true
            }
            let message: String
            if !isJSON {
                message = "the body looks like JSON, but as one text it is sent as text/plain"
            } else if let raw {
                message = "a quote or a line break in \"<<\(raw.text)>>\" would break this JSON"
            } else {
                return nil
            }
            return subject.finding(
                code,
                message,
                at: body.span,
                help: ["write key:value pairs under \"body\" with \"format: json\""]
                    + (raw.map {
                        ["or write <<\($0.text) | json>> without quotes around it, and a Content-Type header"]
                    } ?? [])
            )
        }
    }

    private static func looksLikeJSON(_ text: String) -> Bool {
        let letters = text.filter { !$0.isWhitespace }
        return letters.hasPrefix("{\"") && letters.hasSuffix("}") || letters.hasPrefix("[") && letters.hasSuffix("]")
    }
}
