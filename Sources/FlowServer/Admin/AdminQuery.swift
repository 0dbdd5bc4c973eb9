import FlowCore
import FlowReports
import FlowStore
import FlowWeb

/// The query of a list on the admin port.
struct AdminQuery {
    private let parameters: Parameters

    static let limits = 1...1_000
    private static let defaultLimit = 100

    /// - Throws: ``Refusal`` for broken percent-encoding, for a name that is not in `names`, and for one that comes twice.
    init(_ query: String, names: [String]) throws(Refusal) {
        parameters = try FormReader.read(query: query)
        var seen: Set<String> = []
        for (name, _) in parameters.pairs {
            guard names.contains(name) else {
                throw Refusal("\(Self.quoted(name)) is no parameter here: \(names.joined(separator: ", ")) are")
            }
            guard seen.insert(name).inserted else { throw Refusal("\"\(name)\" is there twice") }
        }
    }

    /// An empty value counts as none.
    subscript(name: String) -> String? { parameters[name].flatMap { $0.isEmpty ? nil : $0 } }

    func limit() throws(Refusal) -> Int {
        guard let text = self["limit"] else { return Self.defaultLimit }
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let limit = Int(text), Self.limits.contains(limit)
        else {
            throw Refusal("\"limit\" wants a whole number from 1 to 1000, and \(Self.quoted(text)) is none")
        }
        return limit
    }

    func status() throws(Refusal) -> Run.Status? {
        try value("status", among: Run.Status.allCases, \.name)
    }

    func state() throws(Refusal) -> Delivery.State? {
        try value("state", among: Delivery.State.allCases, \.name)
    }

    private func value<Value>(
        _ name: String,
        among values: [Value],
        _ text: (Value) -> String
    ) throws(Refusal) -> Value? {
        guard let given = self[name] else { return nil }
        guard let value = values.first(where: { text($0) == given }) else {
            let known = values.map(text).joined(separator: ", ")
            throw Refusal("\"\(name)\" is one of \(known), and not \(Self.quoted(given))")
        }
        return value
    }

    private static func quoted(_ text: String) -> String {
        var quoted = ""
        JSONText.append(text.prefix(64), to: &quoted)
        return quoted
    }
}
