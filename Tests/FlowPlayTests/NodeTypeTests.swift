import FlowCore
import FlowPlay
import Foundation
import Testing

/// Every node type ships with a flow that uses it and with played cases.
@Suite struct NodeTypeTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Outcomes that nothing triggers yet.
    private static let untriggered: Set = ["start api_request"]

    /// `type outcome` for each way that a played case of a shipped flow has taken.
    private static let taken = Task {
        var taken: Set<String> = []
        for item in try CaseFolder.load(["flows", "Examples"].map { root.appending(path: $0).path }) {
            let played = try #require(item.played, "\(item.file.file) has no flow")
            for one in item.file.cases {
                guard let run = await Player(played).play(one).run else { continue }
                for step in run.path {
                    let node = played.flow.nodes[step.node]
                    taken.insert(node.description.type)
                    if let outcome = step.outcome {
                        taken.insert("\(node.description.type) \(node.outcomes[outcome].name)")
                    }
                }
                if run.tookCallHangup, let start = played.flow.start, let way = played.flow.callHangup {
                    taken.insert("start \(played.flow.nodes[start].outcomes[way.outcome].name)")
                }
            }
        }
        return taken
    }

    @Test(arguments: NodeTypes.all.map { $0.description.type })
    func `a shipped flow uses the type, and played cases take every outcome`(_ type: String) async throws {
        let description = try #require(NodeTypes.named(type)?.description)
        let wanted = Set([type] + description.outcomes.map { "\(type) \($0.name)" }).subtracting(Self.untriggered)
        let missing = wanted.subtracting(try await Self.taken.value)
        #expect(missing == [])
    }
}
