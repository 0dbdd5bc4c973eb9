import FlowCore
import FlowDocument

extension CaseReader {
    static let endKeys = ["path", "outcome", "requests", "values", "notes", "side_runs"]
    static let sideRunKeys = ["event", "path", "outcome"]
    static let requestKeys = ["node", "method", "url", "headers", "params", "body", "attempts"]

    func end(_ value: Value) -> ExpectedEnd {
        let entries = scope.keys(value, Self.endKeys, of: "\"expect\"")
        var end = ExpectedEnd()
        if let path = entries["path"]?.value { end.path = self.path(path).map { Expected($0, span: path.span) } }
        end.outcome = outcome(entries["outcome"]?.value, of: "\"expect\"")
        if let sides = entries["side_runs"]?.value {
            end.sideRuns = scope.list(sides, "side_runs").map { $0.compactMap { sideRun($0) } }
        }
        if let requests = entries["requests"]?.value {
            end.requests = scope.list(requests, "requests").map { $0.compactMap { request($0) } }
        }
        if let values = entries["values"]?.value {
            end.values = scope.pairs(values, "values").compactMap { self.value($0) }
        }
        if let notes = entries["notes"]?.value {
            end.notes = (notes.list ?? [notes]).compactMap { note in
                scope.text(note, "notes").map { Expected($0, span: note.span) }
            }
        }
        return end
    }

    private func outcome(_ value: Value?, of owner: String) -> Expected<String>? {
        guard let value, let text = scope.text(value, "outcome") else { return nil }
        guard ExpectedEnd.outcomes.contains(text) else {
            scope.unknown(text, "outcome", of: owner, among: ExpectedEnd.outcomes, at: value.span)
            return nil
        }
        return Expected(text, span: value.span)
    }

    /// `{event: Forward.recording, path: Save -> end, outcome: finished}`.
    private func sideRun(_ value: Value) -> ExpectedSideRun? {
        let owner = "a side run of \"expect\""
        let entries = scope.keys(value, Self.sideRunKeys, of: owner)
        guard let event = entries["event"]?.value, let text = scope.text(event, "event") else {
            if value.entries != nil, entries["event"] == nil {
                scope.report(.missingKey, "\"event\" is missing in \(owner)", at: value.span)
            }
            return nil
        }
        let known = flow.nodes.flatMap { node in
            zip(node.description.events, node.events).filter { $1.node != nil }.map { "\(node.name).\($0.0.name)" }
        }
        guard known.contains(text) else {
            scope.unknown(text, "event", of: owner, among: known, at: event.span)
            return nil
        }
        return ExpectedSideRun(
            Expected(text, span: event.span),
            path: entries["path"].flatMap { entry in path(entry.value).map { Expected($0, span: entry.value.span) } },
            outcome: outcome(entries["outcome"]?.value, of: owner)
        )
    }

    private func path(_ value: Value) -> PathText? {
        guard let text = value.text, let path = PathText(text) else {
            scope.wrongType("path", value, expected: "nodes and arrows, such as \"Start -> Forward -[busy]-> Report\"")
            return nil
        }
        for step in path.steps {
            guard let node = node(step.node, at: value.span), let outcome = step.outcome else { continue }
            let description = flow.nodes[node].description
            let names = flow.nodes[node].outcomes.map(\.name)
            guard !names.contains(outcome) else { continue }
            scope.report(
                .unknownOutcome,
                "\"\(outcome)\" is not an outcome of \(description.type) \"\(step.node)\". outcomes are \(names.joined(separator: ", "))",
                at: value.span,
                help: nearMiss(outcome, among: names).map { ["did you mean \"\($0)\"?"] } ?? []
            )
        }
        return path
    }

    private func value(_ entry: Entry) -> ExpectedValue? {
        guard let text = scope.text(entry.value, "values.\(entry.key.text)") else { return nil }
        do throws(ValuePath.Unknown) {
            _ = try ValuePath(entry.key.text, in: flow)
        } catch {
            scope.report(
                .unknownValue,
                error.message,
                at: entry.key.span,
                help: error.nearMiss.map { ["did you mean \"\($0)\"?"] } ?? []
            )
            return nil
        }
        return ExpectedValue(name: entry.key.text, text: text, span: entry.value.span)
    }

    private func request(_ value: Value) -> ExpectedRequest? {
        let entries = scope.keys(value, Self.requestKeys, of: "a request of \"expect\"")
        guard let node = entries["node"].flatMap({ scope.text($0.value, "node") }) else {
            if value.entries != nil {
                scope.report(.missingKey, "\"node\" is missing in a request of \"expect\"", at: value.span)
            }
            return nil
        }
        checkRequestNode(node, at: entries["node"]?.value.span ?? value.span)
        var request = ExpectedRequest(node: node, body: entries["body"]?.value, span: value.span)
        request.method = expected(entries["method"], "method")
        request.url = expected(entries["url"], "url")
        if let headers = entries["headers"]?.value { request.headers = scope.values(headers, "headers") }
        if let params = entries["params"]?.value { request.params = scope.values(params, "params") }
        if let attempts = entries["attempts"]?.value {
            request.attempts = scope.wholeNumber(attempts, "attempts", 1...1_000)
                .map { Expected($0, span: attempts.span) }
        }
        return request
    }

    private func expected(_ entry: Entry?, _ name: String) -> Expected<String>? {
        guard let entry, let text = scope.text(entry.value, name) else { return nil }
        return Expected(text, span: entry.value.span)
    }
}
