import FlowCore
import FlowDocument

/// A value that Plivo would cut, drop or refuse.
enum ValueOverLimit: Rule {
    static let code = Code.valueOverLimit
    static let summary =
        "A value is beyond what Plivo takes: caller names, SIP headers and URIs, the size of an answer."
    static let why = """
        Plivo does not complain: it cuts the name, drops the header, or ends the call because it cannot read the \
        answer. SIP header names have letters and digits only, 24 at most, and values 120.
        """
    static let bad = [
        Example.dialling("caller_name: ↓Front desk of the Grand Hotel at the Central Railway Station"),
        Example.dialling(
            """
            to: sip:reception@phone.plivo.com
            sip_headers:
              ↓PlivoAccount: gold
            """
        ),
        Example.dialling(
            """
            to: sip:reception@phone.plivo.com
            sip_headers:
              ↓X-PH-Account: gold
            """
        ),
        Example.dialling("to: ↓sip:reception"),
    ]
    static let good = [
        Example.dialling(
            """
            to: sip:reception@phone.plivo.com
            caller_name: Grand Hotel
            sip_headers:
              Account: gold
              Caller: <<Start.call.from>>
            """
        )
    ]

    static func check(_ subject: Subject) -> [Finding] {
        subject.dialPlans.flatMap { sipHeaders($0, subject) }
            + subject.numberUses.compactMap { sipURI($0, subject) }
            + subject.dialPlans.compactMap { longSequence($0, subject) }
            + longAnswers(subject)
    }
}
