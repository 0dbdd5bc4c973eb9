import FlowCore
import FlowDocument

/// A parameter without a name, or one that is sent twice.
enum RepeatedParameter: Rule {
    static let code = Code.repeatedParameter
    static let summary = "A key of params, body or headers is empty, or in the query of the URL too."
    static let why = "Which of two equal parameters counts differs from server to server."
    static let bad = [
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              transitions: Log
            Log:
              type: http_request
              url: https://app.example.com/log?source=plivo
              params:
                ↓source: flowd
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
              url: https://app.example.com/log?source=plivo
              params:
                status: <<Forward.status>>
            """
        )
    ]
}
