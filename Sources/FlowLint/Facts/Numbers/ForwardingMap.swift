import FlowCore
import FlowDocument

/// Which flow answers a number, and whom that flow dials.
struct ForwardingMap {
    private let claims: NumberClaims

    init(_ claims: NumberClaims) {
        self.claims = claims
    }

    /// The flows on the shortest way from a number to one that dials a number of `home`; nil where there is none.
    func way(from number: String, backTo home: Flow) -> [Flow]? {
        guard !home.numbers.isEmpty, let first = claims[number], first.file != home.file else { return nil }
        let goals = Set(home.numbers.map(\.number.text))
        var seen: Set<String> = [home.file, first.file]
        var open = [[first]]
        while !open.isEmpty {
            var next: [[Flow]] = []
            for way in open {
                guard let last = way.last else { continue }
                let dialled = Self.dialled(by: last)
                if dialled.contains(where: goals.contains) { return way }
                for flow in dialled.compactMap({ claims[$0] }) where seen.insert(flow.file).inserted {
                    next.append(way + [flow])
                }
            }
            open = next
        }
        return nil
    }

    private static func dialled(by flow: Flow) -> [String] {
        flow.nodes.filter(\.description.dials).flatMap { node in
            (node.setting(.dialTargets)?.source?.commaParts ?? []).compactMap {
                PhoneNumber($0.part.text, in: flow.plan)?.text
            }
        }
    }
}
