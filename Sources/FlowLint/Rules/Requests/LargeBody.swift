import FlowCore
import FlowDocument

/// A report that is larger than receivers like.
enum LargeBody: Rule {
    static let code = Code("FD506", "large-body", .info)
    static let summary = "A body may have more than 20 KB."
    static let why = """
        Standard Webhooks advises less than 20 KB: many receivers and proxies refuse more, and every attempt sends all \
        of it again. An app server that needs the rest can ask for it by the call's id.
        """
    static let bad = [
        Example.nodes(
            """
            Lookup:
              type: http_request
              url: https://crm.example.com/agent
              timeout: 3
              body:
                caller: <<Start.call.from>>
              transitions:
                success: Forward
                failed: Forward
            Forward:
              type: call_forward
              to: +12025551234
              transitions: Report
            Report:
              type: http_request
              url: https://app.example.com/calls
              format: json
              ↓body:
                outcome: <<Forward.status>>
                customer: '<<Lookup.response | json>>'
              transitions: end
            """
        )
    ]
    static let good = [
        Example.reporting(
            """
            url: https://app.example.com/calls
            format: json
            body:
              call: <<Start.call.uuid>>
              outcome: <<Forward.status>>
            transitions: end
            """
        )
    ]

    private static let advised = 20_000
    /// Bytes of a value that is one text.
    private static let ordinary = 64
    private static let message = 2_000
    /// Filters behind which little is left.
    private static let short: [Filter.Kind] = [.size, .slice, .truncate]

    static func check(_ subject: Subject) -> [Finding] {
        let nodes = subject.flow.nodes
        return nodes.indices.compactMap { index in
            let node = nodes[index]
            guard node.description.requests, !subject.facts.isDead(index), let body = node.setting(.body)?.entry
            else { return nil }
            let uses = node.templates.lazy.filter { $0.roles.contains(.body) }
            let references = uses.flatMap { $0.references }
            let isForm = body.value.entries != nil && node.word(.bodyFormat) != "json"
            let size = references.reduce(size(of: body.value, isForm: isForm)) { $0 + self.size(of: $1, subject) }
            guard size > advised else { return nil }
            let whole = references.first { self.size(of: $0, subject) > advised }
            let reason = whole.map { ", with all of \"\($0.text)\" in it" } ?? ""
            return subject.finding(
                code,
                "the body may have \(size / 1_000) KB\(reason): less than 20 KB is advised",
                at: body.key.span,
                help: whole.map { ["name the parts that are needed, such as \"\($0.text).id\""] } ?? []
            )
        }
    }

    /// - Parameter isForm: whether it is sent percent-encoded.
    private static func size(of value: Value, isForm: Bool) -> Int {
        switch value.content {
        case .scalar(let scalar):
            // Short ones do not matter either way.
            isForm && scalar.text.utf8.count > 1_000
                ? Percent.encoded(scalar.text, spaceAsPlus: true).utf8.count : scalar.text.utf8.count
        case .list(let items): items.reduce(2) { $0 + size(of: $1, isForm: isForm) + 1 }
        case .mapping(let entries):
            entries.reduce(2) { $0 + $1.key.text.utf8.count + size(of: $1.value, isForm: isForm) + 6 }
        }
    }

    private static func size(of reference: Reference, _ subject: Subject) -> Int {
        guard case .value(let node, let value) = reference.source,
            !reference.filters.contains(where: { short.contains($0.kind) })
        else { return ordinary }
        let description = subject.flow.nodes[node].description.values[value]
        if case .open = description.kind, reference.path.isEmpty { return RunLimits.templateBytes }
        return description.roles(at: reference.path).contains(.message) ? message : ordinary
    }
}
