import FlowDocument

/// A text that is not YAML, or not JSON.
enum Syntax: Rule {
    static let code = Code.syntax
    static let summary = "A file is not YAML, or not JSON."
    static let why = """
        In YAML the usual reason is a value that wants quotes: one that begins with a brace, or holds a colon and \
        a blank, as every filter with an argument does.
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
                caller_name: ↓{{Start.call.from}}
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
                caller_name: '{{Start.call.from}}'
                transitions: end
            """
        )
    ]
}
