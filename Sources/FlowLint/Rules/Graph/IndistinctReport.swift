import FlowCore
import FlowDocument

/// A report from which nobody can tell how the call ended.
enum IndistinctReport: Rule {
    static let code = Code("FD211", "indistinct-report", .info)
    static let summary = "All outcomes of a call_forward go to one request that holds nothing that differs."
    static let why = """
        The app server gets the same report whether somebody answered or nobody did.
        """
    static let bad = [
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              transitions: ↓Report
            Report:
              type: http_request
              url: https://app.example.com/log
              body:
                caller: <<Start.call.from>>
              transitions: end
            """
        )
    ]
    static let good = [
        Example.reporting(
            """
            url: https://app.example.com/log
            body:
              caller: <<Start.call.from>>
              DialStatus: <<Forward.DialStatus>>
            transitions: end
            """
        )
    ]

    static func check(_ subject: Subject) -> [Finding] {
        let flow = subject.flow
        // To a URL that cannot be called nothing is reported.
        let callable = Set(subject.requestURLs.map { ObjectIdentifier($0.node) })
        var unread: [Int: Bool] = [:]
        let told = self.told(in: flow)
        return flow.nodes.indices.compactMap { index in
            let node = flow.nodes[index]
            guard node.description.dials, !told.contains(index), !subject.facts.isDead(index),
                let first = node.transitions.first, let target = first.node,
                node.transitions.allSatisfy({ $0.target == first.target }),
                callable.contains(ObjectIdentifier(flow.nodes[target]))
            else { return nil }
            // What could not be read may be the value that differs. One request may be the target of many.
            let isUnread = unread[target] ?? flow.nodes[target].hasUnreadTemplates
            unread.updateValue(isUnread, forKey: target)
            guard !isUnread else { return nil }
            return subject.finding(
                code,
                "all \(node.transitions.count) outcomes of \"\(node.name)\" go to \"\(flow.nodes[target].name)\", and its request has no value that differs",
                at: first.span,
                help: ["report <<\(node.name).DialStatus>>, or <<\(node.name).status>>, too"]
            )
        }
    }

    /// The nodes of which some template reads a value that differs by outcome.
    ///
    /// All their outcomes lead one way, so that it comes behind them.
    private static func told(in flow: Flow) -> Set<Int> {
        var told: Set<Int> = []
        for reference in flow.nodes.lazy.flatMap(\.templates).flatMap(\.references) {
            guard case .value(let node, let value) = reference.source,
                !flow.nodes[node].description.values[value].roles.contains(.sameForAllOutcomes)
            else { continue }
            told.insert(node)
        }
        return told
    }
}
