import FlowCore
import FlowDocument

/// Something sensitive that others would see.
enum SensitiveShown: Rule {
    static let code = Code("FD415", "sensitive-shown", .error)
    static let summary =
        "A sensitive input stands where it would be shown, or an input that sounds sensitive is not said to be."
    static let why = """
        What Plivo is told is kept in its logs, and URLs in those of every server on the way. flowd leaves a sensitive value \
        out there, with a note. An input without `sensitive: true` stands in Plivo's log and in flowd's records.
        """
    static let bad = [
        asking("Told:\n  type: play_audio\n  speak: You entered ↓<<Pin.digits>>.\n  transitions: end"),
        asking(
            """
            Told:
              type: http_request
              url: https://app.example.com/check
              params:
                pin: ↓<<Pin.input>>
              transitions: end
            """
        ),
        Example.nodes(
            """
            Told:
              type: get_input
              speak: Please enter your ↓PIN.
              transitions:
                input: end
                no_input: end
                invalid_input: end
            """
        ),
    ]
    static let good = [
        asking(
            """
            Told:
              type: http_request
              url: https://app.example.com/check
              body:
                pin: <<Pin.input>>
                asked: <<Pin.attempts>>
              transitions: end
            """
        )
    ]

    /// A flow that takes a PIN, and what it does with it.
    private static func asking(_ next: String) -> Example {
        Example.nodes(
            """
            Pin:
              type: get_input
              speak: Please enter your PIN.
              sensitive: true
              transitions:
                input: Told
                no_input: end
                invalid_input: end
            \(next)
            """
        )
    }

    /// Where a sensitive value may stand.
    private static let takers: FieldRoles = [.body, .headers, .sensitiveSink]

    static func check(_ subject: Subject) -> [Finding] {
        subject.findings { read in
            let source = subject.flow.nodes[read.source]
            guard source.isSensitive, subject.flow.roles(of: read.reference).contains(.entered),
                read.use.roles.isDisjoint(with: takers)
            else { return nil }
            return subject.finding(
                code,
                "\"\(read.text)\" is sensitive, and \"\(read.use.key)\" would show it: it is empty there",
                at: subject.span(of: read.reference, in: read.use),
                help: ["it may stand in the body and the headers of a request, and where a flow decides by it"],
                related: [subject.related("\"\(source.name)\" says \"sensitive: true\"", at: source.nameSpan)]
            )
        } + subject.flow.nodes.flatMap { shown($0, subject) } + subject.flow.nodes.compactMap { unsaid($0, subject) }
    }

    /// Where a node would show a variable that holds something sensitive.
    private static func shown(_ node: FlowNode, _ subject: Subject) -> [Finding] {
        node.templates.filter { $0.roles.isDisjoint(with: takers) }.flatMap { use in
            use.references.compactMap { reference in
                guard case .variable(let index) = reference.source, subject.flow.variables[index].isSensitive else {
                    return nil
                }
                return subject.finding(
                    code,
                    "\"<<\(reference.text)>>\" can be sensitive, and \"\(use.key)\" would show it: it is empty there",
                    at: subject.span(of: reference, in: use),
                    help: ["it may stand in the body and the headers of a request, and where a flow decides by it"]
                )
            }
        }
    }

    /// An input whose prompt speaks of something sensitive.
    private static func unsaid(_ node: FlowNode, _ subject: Subject) -> Finding? {
        guard node.setting(.sensitive)?.isDefault == true else { return nil }
        for setting in node.settings.all(.prompt) {
            guard let value = setting.source, let text = value.text, let range = SensitiveWords.find(in: text) else {
                continue
            }
            let word = String(decoding: Array(text.utf8)[range], as: UTF8.self)
            return subject.finding(
                code,
                "\"\(node.name)\" asks for a \(word), and what is entered is logged",
                at: subject.document.span(ofUTF8: range, in: value),
                severity: .warning,
                help: ["write \"sensitive: true\", or \"sensitive: false\" where all may see it"]
            )
        }
        return nil
    }
}
