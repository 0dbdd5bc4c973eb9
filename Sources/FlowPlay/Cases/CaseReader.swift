import FlowCore
import FlowDocument

/// Reads one case of a test file, for one flow.
struct CaseReader {
    let scope: CaseScope
    let flow: Flow

    private static let keys = ["name", "call", "message", "at", "params", "steps", "requests", "expect"]
    /// What a case may leave out of its call.
    static let defaultFrom = "+14155551234"
    static let defaultTo = "+14155550100"

    func read(_ value: Value) -> CallCase? {
        let entries = scope.keys(value, Self.keys, of: "a case")
        guard value.entries != nil else { return nil }
        var name = entries["name"].flatMap { scope.text($0.value, "name") }
        if name == nil {
            scope.report(.missingKey, "\"name\" is missing in a case", at: value.span)
            name = "case at line \(value.span.start.line)"
        }
        let isMessage = entries["message"] != nil
        if isMessage, let call = entries["call"] {
            scope.report(.wrongType, "a case is of a \"call\" or of a \"message\", not of both", at: call.key.span)
        }
        var item = CallCase(
            name: name ?? "",
            kind: isMessage ? .message : .call,
            parameters: parameters(entries, isMessage: isMessage),
            span: entries["name"]?.value.span ?? value.span
        )
        if let at = entries["at"] { item.at = scope.moment(at.value, "at") }
        if let steps = entries["steps"].flatMap({ scope.list($0.value, "steps") }) {
            item.steps = steps.compactMap { step($0) }
        }
        if let requests = entries["requests"] {
            item.answers = scope.pairs(requests.value, "requests").compactMap { answers($0) }
        }
        if let expected = entries["expect"] { item.expected = end(expected.value) }
        return item
    }

    // MARK: What comes in

    private func parameters(_ entries: [String: Entry], isMessage: Bool) -> Parameters {
        var pairs: [(String, String)] =
            isMessage
            ? [
                ("MessageUUID", Self.messageUUID), ("From", Self.defaultFrom), ("To", Self.defaultTo), ("Type", "sms"),
                ("Text", ""),
            ]
            : [
                ("CallUUID", Self.callUUID), ("From", Self.defaultFrom), ("To", Self.defaultTo),
                ("Direction", "inbound"), ("CallStatus", "ringing"), ("Event", "StartApp"),
            ]
        let names = isMessage ? Self.messageKeys : Self.callKeys
        if let begin = entries[isMessage ? "message" : "call"] {
            let owner = isMessage ? "\"message\"" : "\"call\""
            for (key, entry) in scope.keys(begin.value, names.map(\.key), of: owner) {
                guard let parameter = names.first(where: { $0.key == key })?.parameter,
                    let text = scope.text(entry.value, key)
                else { continue }
                pairs = pairs.setting(parameter, text)
            }
        }
        if let more = entries["params"] {
            for value in scope.values(more.value, "params") { pairs = pairs.setting(value.name, value.text) }
        }
        return Parameters(pairs)
    }

    static let callUUID = "c0000000-0000-4000-8000-000000000001"
    static let messageUUID = "a0000000-0000-4000-8000-000000000001"

    static let callKeys: [(key: String, parameter: String)] = [
        ("from", "From"), ("to", "To"), ("uuid", "CallUUID"), ("direction", "Direction"),
    ]
    static let messageKeys: [(key: String, parameter: String)] = [
        ("from", "From"), ("to", "To"), ("uuid", "MessageUUID"), ("text", "Text"), ("type", "Type"),
    ]

    // MARK: Nodes

    /// Finds a node's index; reports a name that is no node of the flow.
    func node(_ name: String, at span: Span) -> Int? {
        if let node = flow.node(named: name) { return node }
        scope.unknown(name, "node", of: "flow \"\(flow.name)\"", among: flow.nodes.map(\.name), at: span)
        return nil
    }

    func checkRequestNode(_ name: String, at span: Span) {
        guard let node = node(name, at: span) else { return }
        let description = flow.nodes[node].description
        guard !description.requests else { return }
        scope.report(.wrongType, "\(description.type) \"\(name)\" makes no requests", at: span)
    }
}

extension [(String, String)] {
    /// The pairs with `value` under `name`, at the index where `name` stood.
    func setting(_ name: String, _ value: String) -> [(String, String)] {
        var pairs = self
        if let index = pairs.firstIndex(where: { $0.0 == name }) {
            pairs[index].1 = value
        } else {
            pairs.append((name, value))
        }
        return pairs
    }
}
