import FlowCore
import FlowDocument

/// A template where a number or a boolean is wanted.
enum TypeMismatch: Rule {
    static let code = Code.typeMismatch
    static let summary = "A number or a boolean is wanted, and there is a template."
    static let why = """
        How long it rings has to be known before the call. A value that turns out to be no number could not be \
        mended then.
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
                ring_timeout: ↓<<Start.call.from>>
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
                ring_timeout: 25
                transitions: end
            """
        )
    ]
}
