import FlowCore
import FlowDocument

/// A node that reads its own result.
enum SelfReference: Rule {
    static let code = Code("FD306", "self-reference", .error)
    static let summary = "A node reads a value that it gives itself."
    static let why = """
        The value is there once the node has run, and the template is read before that.
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
              body:
                status: <<Forward.status>>
                code: ↓<<Log.status_code>>
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
              transitions: Log
            Log:
              type: http_request
              url: https://app.example.com/log
              body:
                status: <<Forward.status>>
              transitions: Audit
            Audit:
              type: http_request
              url: https://app.example.com/audit
              body:
                code: <<Log.status_code>>
              transitions: end
            """
        )
    ]

    static func check(_ subject: Subject) -> [Finding] {
        subject.findings { read in
            guard read.source == read.reader else { return nil }
            let node = subject.flow.nodes[read.reader]
            return subject.finding(
                code,
                "\"\(node.name)\" reads its own result before it has one: \"\(read.text)\"",
                at: subject.span(of: read.reference, in: read.use),
                help: ["read it in a node that runs after \"\(node.name)\""]
            )
        }
    }
}
