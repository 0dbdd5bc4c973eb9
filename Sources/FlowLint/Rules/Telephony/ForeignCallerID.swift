import FlowCore
import FlowDocument

/// A caller ID that is none of the numbers that the flows answer.
enum ForeignCallerID: Rule {
    static let code = Code("FD404", "foreign-caller-id", .info)
    static let summary = "A literal `from` is in no flow's `numbers`."
    static let why = """
        Plivo shows the caller's own number, or a number of your account. Any other may be replaced or refused by \
        Plivo or a carrier on the way, and the callee sees something else than you meant.
        """
    static let bad = [
        Example(
            """
            version: 1
            numbers: [+14155550100]
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Forward
              Forward:
                type: call_forward
                from: ↓+14155559999
                to: +12025551234
                transitions: end
            """
        )
    ]
    static let good = [
        Example(
            """
            version: 1
            numbers: [+14155550100]
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Forward
              Forward:
                type: call_forward
                from: +14155550100
                to: +12025551234
                transitions: end
            """
        )
    ]

    /// Where no flow says its numbers, nothing is known of the account's.
    static func check(_ subject: Subject) -> [Finding] {
        let uses = subject.numberUses.filter { $0.roles.contains(.callerID) }
        guard !uses.isEmpty else { return [] }
        let claims = subject.claims
        guard !claims.isEmpty else { return [] }
        return uses.compactMap { use in
            guard let number = use.number, claims[number] == nil else { return nil }
            let close = claims.numbers.first { differences(number, $0) <= 2 }
            return subject.finding(
                code,
                "\(number) is in no flow's numbers: Plivo or a carrier may replace or refuse it",
                at: subject.span(of: use),
                fixes: [
                    close.map { number in
                        let edit = subject.document.edit(ofUTF8: use.range, in: use.scalar, to: number)
                        return Fix("did you mean \"\(number)\"?", .maybe, edit)
                    }
                ]
            )
        }
    }

    /// How many digits of two numbers differ; a number of another length is no slip of a finger.
    private static func differences(_ one: String, _ other: String) -> Int {
        one.utf8.count == other.utf8.count ? zip(one.utf8, other.utf8).count { $0 != $1 } : .max
    }
}
