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
                guard !setting.key.utf8.contains(UInt8(ascii: ".")), let value = setting.source else { continue }
                look(at: value, of: node.name, search, subject, &findings)
            }
        }
        return findings
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
