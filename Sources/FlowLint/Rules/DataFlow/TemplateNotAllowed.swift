import FlowCore
import FlowDocument

/// A template where none can stand.
enum TemplateNotAllowed: Rule {
    static let code = Code.templateNotAllowed
    static let summary =
        "A template stands where none is allowed: in a name, a type, a transition, a method, a number of the flow, the name of a header or a key."
    static let why = "These are fixed when the flow is loaded, so that lint can know them before a call."
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
              headers:
                ↓X-<<Forward.status>>: 1
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
              headers:
                X-Status: <<Forward.status>>
            """
        )
    ]
}
