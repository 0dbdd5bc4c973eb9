import FlowCore
package import FlowDocument

extension Subject {
    package func finding(
        _ code: Code,
        _ message: String,
        at span: Span,
        severity: Finding.Severity? = nil,
        help: [String] = [],
        related: [Finding.Related] = []
    ) -> Finding {
        Finding(code, message, file: flow.file, span: span, severity: severity, help: help, related: related)
    }

    package func related(_ message: String, at span: Span) -> Finding.Related {
        Finding.Related(message, file: flow.file, span: span)
    }

    /// The findings about reads that `body` gives.
    func findings(aboutReads body: (Read) -> Finding?) -> [Finding] { reads.compactMap(body) }
}

/// A template in one node that reads a value of another, or of its own.
final class Read: Sendable {
    let reader: Int
    let source: Int
    /// By its place among the values of the source's type.
    let value: Int
    let reference: Reference
    let use: TemplateUse

    private init(reader: Int, source: Int, value: Int, reference: Reference, use: TemplateUse) {
        self.reader = reader
        self.source = source
        self.value = value
        self.reference = reference
        self.use = use
    }

    static func all(in flow: Flow, _ facts: DataFlow) -> [Read] {
        var reads: [Read] = []
        for (index, node) in flow.nodes.enumerated() where facts.isReachable[index] {
            for use in node.templates {
                for reference in use.references {
                    guard case .value(let source, let value) = reference.source else { continue }
                    reads.append(Read(reader: index, source: source, value: value, reference: reference, use: use))
                }
            }
        }
        return reads
    }

    /// What stands in the file, filters aside: `<<Survey.response.score>>`.
    var text: String { "<<\(reference.text)>>" }

    /// The template with a default before its other filters, as it could be written in YAML.
    var withDefault: String {
        let whole = Array((use.value.text ?? "").utf8)
        guard reference.range.upperBound <= whole.count else { return "'<<\(reference.text) | default: \"\">>'" }
        let written = String(decoding: whole[reference.range], as: UTF8.self)
        guard let path = written.firstRange(of: reference.text) else { return "'\(text)'" }
        return "'\(written[..<path.upperBound]) | default: \"\"\(written[path.upperBound...])'"
    }
}

extension Subject {
    /// The outcomes of the source after which the value holds something; nil for all.
    func outcomes(giving read: Read) -> [Int]? {
        let description = flow.nodes[read.source].description
        return description.values[read.value].outcomes.map { names in
            description.outcomes.indices.filter { names.contains(description.outcomes[$0].name) }
        }
    }

    func isStart(_ node: Int) -> Bool { node == flow.start }

    /// The names of outcomes in quotes, for a message.
    func named(_ outcomes: [Int], of node: Int) -> String {
        let names = outcomes.map { "\"\(flow.nodes[node].description.outcomes[$0].name)\"" }
        guard let last = names.last, names.count > 1 else { return names.first ?? "nothing" }
        return names.dropLast().joined(separator: ", ") + " and " + last
    }
}
