import FlowDocument

/// A key that has to be there and is not.
enum MissingKey: Rule {
    static let code = Code.missingKey
    static let summary = "A required key is missing or empty."
    static let why = "The node cannot do what it is there for: nobody to dial, no address to send to."
    static let bad = [
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              transitions: Log
            Log:
              ↓type: http_request
              body:
                status: <<Forward.status>>
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
            """
        )
    ]
}
