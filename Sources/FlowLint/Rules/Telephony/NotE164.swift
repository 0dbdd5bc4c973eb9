import FlowCore
import FlowDocument

/// A text that stands where a phone number is wanted, and is none.
enum NotE164: Rule {
    static let code = Code.notE164
    static let summary = "A number is not in E.164: a \"+\", the country code, and no blanks or brackets."
    static let why = """
        Plivo dials E.164 only. flowd reads other ways of writing too, and says so; but how a number is written at home \
        says nothing about its country, and unless `country` does, the target would be dropped.
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

    /// What is no number is found as the file is read; this is about numbers that are written in another way.
    static func check(_ subject: Subject) -> [Finding] {
        subject.numberUses.compactMap { use in
            // One that may be another number altogether is FD402's.
            guard let number = use.number, number != use.text, !NorthAmerica.isNumber(use.text, in: subject.flow.plan)
            else { return nil }
            return subject.finding(
                code,
                "\"\(use.text)\" is read as \(number)",
                at: subject.span(of: use),
                severity: .info,
                fixes: [
                    Fix(
                        "write \"\(number)\"",
                        .safe,
                        subject.document.edit(ofUTF8: use.range, in: use.scalar, to: number)
                    )
                ]
            )
        }
    }
}
