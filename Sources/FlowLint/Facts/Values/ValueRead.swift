import FlowCore
import FlowDocument

/// A template in one node that reads a value of another, or of its own.
final class ValueRead: Sendable {
    let reader: Int
    let source: Int
    /// The index among the values of the source's type.
    let value: Int
    /// The outcomes of the source after which the value holds something; nil for all.
    let giving: [Int]?
    /// Whether the value depends on how the source ended, not only on its having run.
    let dependsOnOutcome: Bool
    let reference: Reference
    let use: TemplateUse

    /// Whether it is what Plivo said with the event that a side run began by, and no value that the source gave.
    let isOfEvent: Bool

    private init(reader: Int, source: Int, value: Int, of node: FlowNode, reference: Reference, use: TemplateUse) {
        let outcomes = node.outcomes
        self.reader = reader
        self.source = source
        self.value = value
        giving = node.description.values[value].outcomes.map { names in
            outcomes.indices.filter { names.contains(outcomes[$0].name) }
        }
        isOfEvent = value == node.description.eventValue
        dependsOnOutcome = giving != nil || node.isNeverWaitedFor
        self.reference = reference
        self.use = use
    }

    /// Those of a flow, in unreachable nodes too.
    static func all(in flow: Flow) -> [ValueRead] {
        let nodes = flow.nodes
        var reads: [ValueRead] = []
        for index in nodes.indices {
            for use in nodes[index].templates {
                for reference in use.references {
                    guard case .value(let source, let value) = reference.source else { continue }
                    reads.append(
                        ValueRead(
                            reader: index,
                            source: source,
                            value: value,
                            of: nodes[source],
                            reference: reference,
                            use: use
                        )
                    )
                }
            }
        }
        return reads
    }

    /// What stands in the file, filters aside: `<<Survey.response.score>>`.
    var text: String { "<<\(reference.text)>>" }

    /// Writes ``withDefault`` in place of the template.
    func addingDefault(in subject: Subject) -> Edit { Edit(subject.span(of: reference, in: use), withDefault) }

    /// The template with a default before its other filters, as it can be written where it stands.
    var withDefault: String {
        let whole = Array((use.value.text ?? "").utf8)
        let isWhole = reference.range == 0..<whole.count
        guard reference.range.upperBound <= whole.count else { return "<<\(reference.text) | default:\"\">>" }
        let written = String(decoding: whole[reference.range], as: UTF8.self)
        let path = written.firstRange(of: reference.text)?.upperBound ?? written.startIndex
        let (start, rest) = (written[..<path], written[path...])
        switch use.value.scalar?.style {
        case .doubleQuoted, .json:
            let escaped = rest.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            return "\(start) | default: ''\(escaped)"
        case .singleQuoted: return "\(start) | default: \"\"\(rest.replacing("'", with: "''"))"
        case .plain where isWhole: return "'\(start) | default: \"\"\(rest.replacing("'", with: "''"))'"
        // A colon with a blank behind it would end a text without quotes.
        case .plain: return "\(start) | default:\"\"\(rest)"
        default: return "\(start) | default: \"\"\(rest)"
        }
    }
}
