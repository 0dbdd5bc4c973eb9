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
        let known = Set((subject.others.flatMap(\.numbers) + subject.flow.numbers).map(\.number.text))
        guard !known.isEmpty else { return [] }
        return subject.numberUses.compactMap { use in
            guard use.role == .callerID, let number = use.number, !known.contains(number.text) else { return nil }
            let close = nearMiss(number.text, among: known.filter { $0.count == number.text.count }.sorted())
            return subject.finding(
                code,
                "\(number) is in no flow's numbers: Plivo or a carrier may replace or refuse it",
                at: use.span,
                help: close.map { ["did you mean \"\($0)\"?"] } ?? []
            )
        }
    }
}
