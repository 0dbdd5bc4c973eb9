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
        subject.requests.flatMap { node in (body(of: node, subject).map { [$0] } ?? []) + pairs(of: node, subject) }
    }

    /// A body that is one text.
    private static func body(of node: FlowNode, _ subject: Subject) -> Finding? {
        guard let body = node.source["body"], let text = body.text,
            looksLikeJSON(text)
        else { return nil }
        let references = node.templates.first { $0.value == body }?.references ?? []
        let raw = references.first { $0.filters.last?.kind != .json }
        let headers = node.source["headers"]?.entries ?? []
        let isJSON = headers.contains {
            $0.key.text.lowercased() == "content-type" && $0.value.text?.lowercased().contains("json") == true
        }
        let pasted: Reference?
        let message: String
        if let quoted = firstQuotedTwice(references, in: text, subject) {
            pasted = quoted
            message =
                "\"<<\(quoted.text) | json>>\" stands in quotes and brings its own, which breaks this JSON"
        } else if !isJSON {
            pasted = raw
            message = "the body looks like JSON, but as one text it is sent as text/plain"
        } else if let raw {
            pasted = raw
            message = "a quote or a line break in \"<<\(raw.text)>>\" would break this JSON"
        } else {
            return nil
        }
        return subject.finding(
            code,
            message,
            at: body.span,
            help: ["write key:value pairs under \"body\" with \"format: json\""]
                + (pasted.map {
                    ["or write <<\($0.text) | json>> without quotes around it, and a Content-Type header"]
                } ?? [])
        )
    }

    /// Fields of a form, or texts in a JSON body, that are JSON themselves.
    private static func pairs(of node: FlowNode, _ subject: Subject) -> [Finding] {
        guard let body = node.source["body"], body.scalar == nil else { return [] }
        return node.templates.compactMap { use in
            guard use.key.hasPrefix("body"), let text = use.value.text, looksLikeJSON(text) else { return nil }
            let message: String
            if let quoted = firstQuotedTwice(use.references, in: text, subject) {
                message = "\"<<\(quoted.text) | json>>\" stands in quotes and brings its own, which breaks this JSON"
            } else if let raw = use.references.first(where: { !isSafe($0, subject) }) {
                message = "a quote or a line break in \"<<\(raw.text)>>\" would break this JSON"
            } else {
                return nil
            }
            let help = "write <<Node.value | json>> without quotes around it, or nested pairs with \"format: json\""
            return subject.finding(code, message, at: use.value.span, help: [help])
        }
    }

    private static func isSafe(_ reference: Reference, _ subject: Subject) -> Bool {
        reference.filters.last?.kind == .json || isNumber(reference, subject)
    }

    // MARK: Reading JSON with templates in it

    private static func looksLikeJSON(_ text: String) -> Bool {
        let letters = text.filter { !$0.isWhitespace }
        if letters.hasPrefix("{\"") { return letters.hasSuffix("}") }
        return letters.hasPrefix("[") && letters.hasSuffix("]") && beginsItem(letters.dropFirst())
    }

    /// Whether a text without blanks can go on behind a `[`: a person's remark in brackets is no JSON.
    private static func beginsItem(_ text: Substring) -> Bool {
        let rest: Substring
        if text.hasPrefix("<<") || text.hasPrefix("{{") {
            guard let close = text.firstRange(of: text.hasPrefix("<<") ? ">>" : "}}") else { return false }
            rest = text[close.upperBound...]
        } else if let first = text.first, "\"{[]".contains(first) {
            return true
        } else if let word = ["true", "false", "null"].first(where: text.hasPrefix) {
            rest = text.dropFirst(word.count)
        } else {
            rest = text.drop { "0123456789+-.eE".contains($0) }
            guard rest.startIndex > text.startIndex else { return false }
        }
        return rest.first == "," || rest.first == "]"
    }

    /// The first value that stands inside a JSON string although `| json` makes a string of it.
    private static func firstQuotedTwice(_ references: [Reference], in text: String, _ subject: Subject) -> Reference? {
        guard references.contains(where: { $0.filters.last?.kind == .json }) else { return nil }
        let bytes = Array(text.utf8)
        var index = 0
        var isInside = false
        for reference in references where reference.range.lowerBound >= index {
            while index < min(reference.range.lowerBound, bytes.count) {
                if isInside, bytes[index] == UInt8(ascii: "\\") {
                    index += 1
                } else if bytes[index] == UInt8(ascii: "\"") {
                    isInside.toggle()
                }
                index += 1
            }
            if isInside, reference.filters.last?.kind == .json, !isNumber(reference, subject) { return reference }
            index = reference.range.upperBound
        }
        return nil
    }

    /// JSON has no quotes around a number, so that those in the text are the only ones.
    private static func isNumber(_ reference: Reference, _ subject: Subject) -> Bool {
        guard case .value(let node, let value) = reference.source else { return false }
        return subject.flow.nodes[node].description.values[value].kind == .number
    }
}
