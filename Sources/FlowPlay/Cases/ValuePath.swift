package import FlowCore
import FlowDocument

/// A value as templates name it: `Forward.status`, `Lookup.response.items[0]`, `vars.greeting`.
package struct ValuePath: Sendable {
    package struct Unknown: Error {
        package var message: String
        package var nearMiss: String?
    }

    private enum Place {
        /// `index` is that among the values of the node's type.
        case value(node: Int, index: Int, [Reference.Step])
        /// What Plivo said with the event that a side run began by.
        case event(node: Int, [Reference.Step])
        case variable(Int)
    }

    private let place: Place
    private let flow: Flow

    package init(_ text: String, in flow: Flow) throws(Unknown) {
        guard let dot = text.firstIndex(of: ".") else {
            throw Unknown(message: "\"\(text)\" is no value: write \"Node.value\"")
        }
        let name = String(text[..<dot])
        self.flow = flow
        if name == Variable.prefix {
            place = .variable(try Self.variable(String(text[text.index(after: dot)...]), in: flow))
            return
        }
        guard let node = flow.node(named: name) else {
            let near = FlowDocument.nearMiss(name, among: flow.nodes.map(\.name))
            throw Unknown(message: "\"\(name)\" is not a node", nearMiss: near.map { $0 + text[dot...] })
        }
        let steps = Self.steps(text[text.index(after: dot)...])
        let description = flow.nodes[node].description
        let keys = steps.prefix { if case .key = $0 { true } else { false } }
            .map { step -> String in if case .key(let key) = step { key } else { "" } }
        for used in stride(from: keys.count, to: 0, by: -1) {
            let value = keys[..<used].joined(separator: ".")
            guard let index = description.values.firstIndex(where: { $0.name == value || $0.aliases.contains(value) })
            else { continue }
            let rest = Array(steps.dropFirst(used))
            place =
                index == description.eventValue
                ? .event(node: node, rest) : .value(node: node, index: index, rest)
            return
        }
        let names = description.values.map { "\(name).\($0.name)" }
        throw Unknown(
            message: "\"\(text[text.index(after: dot)...])\" is not a value of \(description.type) \"\(name)\"",
            nearMiss: FlowDocument.nearMiss(text, among: names)
        )
    }

    /// What a run holds there.
    package func read(_ run: Run) -> Datum {
        switch place {
        case .variable(let index): run.variable(index, of: flow)
        case .event(let node, let steps): Self.follow(steps, from: run.saidWithEvent(of: node))
        case .value(let node, let index, let steps):
            run.values.indices.contains(node) && run.values[node].indices.contains(index)
                ? Self.follow(steps, from: run.values[node][index]) : .missing
        }
    }

    private static func follow(_ steps: [Reference.Step], from value: Datum) -> Datum {
        steps.reduce(value) { datum, step in
            switch step {
            case .key(let key): datum[key]
            case .index(let index): datum[index]
            }
        }
    }

    private static func variable(_ name: String, in flow: Flow) throws(Unknown) -> Int {
        if let index = flow.variables.firstIndex(where: { $0.name == name }) { return index }
        throw Unknown(
            message: "\"\(name)\" is not a variable of flow \"\(flow.name)\"",
            nearMiss: FlowDocument.nearMiss(name, among: flow.variables.map(\.name)).map { "\(Variable.prefix).\($0)" }
        )
    }

    private static func steps(_ text: Substring) -> [Reference.Step] {
        text.split(separator: ".").flatMap { part -> [Reference.Step] in
            let pieces = part.split(separator: "[")
            return pieces.enumerated().map { index, piece in
                guard index > 0, piece.last == "]", let number = Int(piece.dropLast()) else {
                    return .key(String(piece))
                }
                return .index(number)
            }
        }
    }
}
