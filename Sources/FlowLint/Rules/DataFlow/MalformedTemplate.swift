import FlowCore
import FlowDocument

/// A template that cannot be read.
enum MalformedTemplate: Rule {
    static let code = Code.malformedTemplate
    static let summary = "A template is not closed, nested, or has not the marks of one."
    static let why = "What was meant as a value would be sent, or spoken, as it stands."
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
                caller_name: ↓<<Start.call.from>
                transitions: end
            """
        ),
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
                caller_name: ↓${Start.call.from}
                transitions: end
            """
        ),
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
                caller_name: <<Start.call.from>>
                transitions: end
            """
        ),
        Example(
            #"""
            version: 1
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Forward
              Forward:
                type: call_forward
                to: +12025551234
                caller_name: 'a literal \<<'
                transitions: end
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
                    help: ["write \"<<\(found.text)>>\""]
                )
            )
        case .list(let items): for item in items { look(at: item, of: reader, search, subject, &findings) }
        case .mapping(let entries):
            for entry in entries { look(at: entry.value, of: reader, search, subject, &findings) }
        }
    }
}
