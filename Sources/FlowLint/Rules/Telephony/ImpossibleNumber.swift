import FlowCore
import FlowDocument

/// A number that nobody can have, or that no flow may dial.
enum ImpossibleNumber: Rule {
    static let code = Code.impossibleNumber
    static let summary = "A number cannot ring: an emergency number, an unassigned country code, or a wrong length."
    static let why = """
        The dial would fail for every caller, or worse, reach somebody else: "3212345678" without "+1" is a number in \
        Belgium. Emergency services need to know where a caller is, and a forwarded call does not tell them.
        """
    static let bad = [
        Example.dialling("to: ↓911"),
        Example.dialling("to: +12025551234, ↓+2105551234"),
        Example.dialling("to: ↓+120255512345"),
        Example.dialling("to: ↓3212345678"),
    ]
    static let good = [
        Example.dialling("to: +12025551234, +442079460000, +4930123456, sip:110@pbx.example.com")
    ]

    static func check(_ subject: Subject) -> [Finding] {
        var codes = CallingCodes()
        return subject.numberUses.compactMap { use in
            // The user of a SIP URI is an extension, "110" as good as any; a bare one is refused as the file is read.
            guard let number = use.number else { return nil }
            let code = codes.code(of: number)
            let problem = NumberProblem.national(
                number,
                code,
                as: use.text,
                in: subject.flow.plan
            )
            guard let problem = problem ?? placeholder(number, use, subject) else { return nil }
            return subject.finding(
                Self.code,
                problem.message,
                at: subject.span(of: use),
                severity: problem.severity,
                help: problem.help,
                fixes: [
                    problem.meant.map { number in
                        let edit = subject.document.edit(ofUTF8: use.range, in: use.scalar, to: number)
                        return Fix("write \"\(number)\"?", .maybe, edit)
                    }
                ]
            )
        }
    }

    /// What is nobody's number may be claimed, for a test.
    private static func placeholder(_ number: String, _ use: NumberUse, _ subject: Subject) -> NumberProblem? {
        guard use.isDialled, let problem = NumberProblem.placeholder(number, as: use.text) else { return nil }
        return subject.flow.numbers.contains { $0.number.text == number } ? nil : problem
    }
}
