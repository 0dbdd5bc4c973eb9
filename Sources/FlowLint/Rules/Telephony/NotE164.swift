import FlowCore
import FlowDocument

/// A text that stands where a phone number is wanted, and is none.
enum NotE164: Rule {
    static let code = Code.notE164
    static let summary = "A number is not in E.164: a \"+\", the country code, and no blanks or brackets."
    static let why = """
        Plivo dials E.164 only. How a number is written at home says nothing about its country, so flowd does not \
        guess: the target would be dropped, and the caller would hear nothing ring.
        """
    static let bad = [
        Example.dialling("to: +12025551234, ↓(415) 555-0100"),
        Example(
            """
            version: 1
            on_error:
              forward: ↓reception@phone.plivo.com
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Forward
              Forward:
                type: call_forward
                to: +12025551234
                transitions: end
            """
        ),
    ]
    static let good = [
        Example.dialling("to: +12025551234, sip:reception@phone.plivo.com")
    ]
}
