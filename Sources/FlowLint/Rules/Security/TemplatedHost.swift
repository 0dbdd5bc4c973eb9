import FlowCore
import FlowDocument

/// A host that comes from data.
enum TemplatedHost: Rule {
    static let code = Code.templatedHost
    static let summary = "A template stands in the scheme, host or port of a URL."
    static let why = """
        Whoever controls the value would choose where records of calls are sent, and could make flowd call servers \
        that only it can reach.
        """
    static let bad = [
        Example.reporting(
            """
            url: https://↓<<Start.call.to>>.example.com/calls
            body:
              outcome: <<Forward.status>>
            transitions: end
            """
        )
    ]
    static let good = [
        Example.reporting(
            """
            url: https://app.example.com/calls
            body:
              number: <<Start.call.to>>
              outcome: <<Forward.status>>
            transitions: end
            """
        )
    ]
}
