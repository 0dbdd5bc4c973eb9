import FlowCore
import FlowDocument

/// A template that cannot be read.
enum MalformedTemplate: Rule {
    static let code = Code.malformedTemplate
    static let summary = "A template is not closed, nested, or not written as one."
    static let why = "What was meant as a value would be sent, or spoken, as it stands."
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
                caller_name: ↓<<Start.call.from>
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
                caller_name: <<Start.call.from>>
                transitions: end
            """
        ),
        Example(
            #"""
            version: 1
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Forward
              Forward:
                type: call_forward
                to: +12025551234
                caller_name: 'a literal \<<'
                transitions: end
            """#
        ),
    ]
}
