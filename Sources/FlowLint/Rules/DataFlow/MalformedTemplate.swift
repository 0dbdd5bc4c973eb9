import FlowCore
import FlowDocument

/// A template that cannot be read.
enum MalformedTemplate: Rule {
    static let code = Code.malformedTemplate
    static let summary = "A template is not closed, nested, or has not the marks of one."
    static let why = "What was meant as a value would be sent, or spoken, as it stands."
    static let bad = [
        Example.dialling("caller_name: ↓<<Start.call.from>"),
        Example.dialling("caller_name: ↓${Start.call.from}"),
        Example.reporting(
            """
            url: https://app.example.com/calls
            headers:
              X-Api-Key: ↓${API_KEY}
            body:
              outcome: <<Forward.status>>
            transitions: end
            """
        ),
    ]
    static let good = [
        Example.dialling("caller_name: <<Start.call.from>>"),
        Example.dialling(
            #"""
            caller_name: 'a literal \<<'
            """#
        ),
    ]

    static func check(_ subject: Subject) -> [Finding] {
        let search = UnmarkedReferenceSearch(subject.flow)
        var findings: [Finding] = []
        for (index, node) in subject.flow.nodes.enumerated() where !subject.facts.isDead(index) {
            for setting in node.settings {
                // What is in a group is looked at with it.
                guard !setting.isInGroup, let value = setting.source else { continue }
                look(at: value, of: node.name, search, subject, &findings)
                lookForMarks(in: value, of: setting, subject, &findings)
            }
        }
        return findings
    }

    /// Looks for variables of the environment and tags of Liquid, which nobody fills in.
    private static func lookForMarks(
        in value: Value,
        of setting: Setting,
        _ subject: Subject,
        _ findings: inout [Finding]
    ) {
        switch value.content {
        case .scalar(let scalar):
            guard let mark = ForeignMark.first(in: scalar.text) else { return }
            let isSink = !setting.field.roles.isDisjoint(with: [.secretSink, .credentials])
            let secret = isSink ? mark.variable.map { "<<secrets.\($0)>>" } : nil
            findings.append(
                subject.finding(
                    code,
                    mark.variable == nil
                        ? "\"\(mark.text)\" stays these very letters: flowd has values and filters, and no tags"
                        : "\"\(mark.text)\" stays these very letters: flowd fills in no variables of the environment",
                    at: subject.document.span(ofUTF8: mark.range, in: value),
                    severity: .warning,
                    fixes: [
                        secret.map { text in
                            let edit = subject.document.edit(ofUTF8: mark.range, in: value, to: text)
                            return Fix("write \"\(text)\", and set FLOWD_SECRET_\(mark.variable ?? "")", .maybe, edit)
                        }
                    ]
                )
            )
        case .list(let items): for item in items { lookForMarks(in: item, of: setting, subject, &findings) }
        case .mapping(let entries):
            for entry in entries { lookForMarks(in: entry.value, of: setting, subject, &findings) }
        }
    }

    private static func look(
        at value: Value,
        of reader: String,
        _ search: UnmarkedReferenceSearch,
        _ subject: Subject,
        _ findings: inout [Finding]
    ) {
        switch value.content {
        case .scalar(let scalar):
            guard let found = search.first(in: scalar.text, of: reader) else { return }
            findings.append(
                subject.finding(
                    code,
                    "\"\(found.text)\" stays these very letters: a value is read between \"<<\" and \">>\"",
                    at: subject.document.span(ofUTF8: found.range, in: value),
                    severity: found.isHalfMarked ? .error : .warning,
                    fixes: [
                        Fix(
                            "write \"<<\(found.text)>>\"",
                            found.isHalfMarked ? .safe : .maybe,
                            subject.document.edit(ofUTF8: found.range, in: value, to: "<<\(found.text)>>")
                        )
                    ]
                )
            )
        case .list(let items): for item in items { look(at: item, of: reader, search, subject, &findings) }
        case .mapping(let entries):
            for entry in entries { look(at: entry.value, of: reader, search, subject, &findings) }
        }
    }
}
