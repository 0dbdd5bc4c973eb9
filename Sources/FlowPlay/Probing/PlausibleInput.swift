import FlowCore

/// What Plivo and app servers may send so that a flow finds what its templates look for: a number, wherever one is read.
struct PlausibleInput {
    private static let number = Datum.text(CaseReader.defaultFrom)
    private let flow: Flow

    init(_ flow: Flow) {
        self.flow = flow
    }

    /// Parameters of the call or message that comes in.
    var parameters: Parameters {
        var pairs = [("From", CaseReader.defaultFrom), ("To", CaseReader.defaultTo)]
        guard let start = flow.start else { return Parameters(pairs) }
        let read = flow.nodes[start].parametersRead
        for name in read.names + read.headers.map({ "X-PH-\($0)" }) where !pairs.contains(where: { $0.0 == name }) {
            pairs.append((name, CaseReader.defaultFrom))
        }
        return Parameters(pairs)
    }

    /// The JSON of an answer to a node's request; empty where nothing of it is read.
    func body(for node: Int) -> [UInt8] {
        var answer = Datum.missing
        for reference in flow.nodes.flatMap(\.templates).flatMap(\.template.references) {
            guard case .value(node, let value) = reference.source,
                flow.nodes[node].description.values[value].name == "response"
            else { continue }
            answer = Self.setting(answer, reference.path[...])
        }
        return answer == .missing ? [] : Array(answer.json.utf8)
    }

    /// `datum` with a number behind `path`.
    private static func setting(_ datum: Datum, _ path: ArraySlice<Reference.Step>) -> Datum {
        guard let step = path.first else { return datum == .missing ? number : datum }
        let inner = setting(.missing, path.dropFirst())
        switch step {
        case .key(let key):
            guard case .object(var members) = datum else { return .object([.init(key, inner)]) }
            if let index = members.firstIndex(where: { $0.key == key }) {
                members[index].value = setting(members[index].value, path.dropFirst())
            } else {
                members.append(.init(key, inner))
            }
            return .object(members)
        case .index(let index):
            var items: [Datum] = if case .list(let items) = datum { items } else { [] }
            while items.count <= min(index, 100) { items.append(inner) }
            return .list(items)
        }
    }
}
