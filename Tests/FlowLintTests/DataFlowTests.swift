import FlowCore
import FlowDocument
import FlowLint
import Testing

@Suite struct DataFlowTests {
    /// What is true before a node, found by walking: every state of (node, who has run, how each was left) once.
    private struct Oracle {
        var reachable: Set<Int> = []
        var may: [Int: Set<Int>] = [:]
        var must: [Int: Set<Int>] = [:]
        var outcomes: [Int: Set<[Int]>] = [:]

        private struct State: Hashable {
            var node: Int
            var last: [Int]
        }

        init(_ flow: Flow) {
            guard let start = flow.start else { return }
            var open = [State(node: start, last: Array(repeating: -1, count: flow.nodes.count))]
            var seen: Set<State> = []
            while let state = open.popLast() {
                guard seen.insert(state).inserted else { continue }
                let ran = Set(state.last.indices.filter { state.last[$0] >= 0 })
                reachable.insert(state.node)
                may[state.node, default: []].formUnion(ran)
                must[state.node] = must[state.node]?.intersection(ran) ?? ran
                for node in ran { outcomes[state.node, default: []].insert([node, state.last[node]]) }
                for (outcome, transition) in flow.nodes[state.node].transitions.enumerated() {
                    guard let next = transition.node else { continue }
                    var last = state.last
                    last[state.node] = outcome
                    open.append(State(node: next, last: last))
                }
            }
        }
    }

    @Test(arguments: 0..<300)
    func `Facts are what walking all paths finds`(_ seed: Int) throws {
        let flow = try #require(try RandomFlow(count: 3 + seed % 4, seed: UInt64(seed)).flow())
        let facts = DataFlow(flow)
        let oracle = Oracle(flow)
        for node in flow.nodes.indices {
            #expect(facts.isReachable[node] == oracle.reachable.contains(node))
            guard facts.isReachable[node] else { continue }
            for other in flow.nodes.indices {
                #expect(facts.mustRun(other, before: node) == oracle.must[node]?.contains(other))
                #expect(facts.mayRun(other, before: node) == oracle.may[node]?.contains(other))
                let expected = (oracle.outcomes[node] ?? []).filter { $0[0] == other }.map { $0[1] }.sorted()
                #expect(facts.lastOutcomes(of: other, before: node) == expected)
                let path = facts.path(to: node, avoiding: other)
                if other != node, other != flow.start {
                    #expect((path == nil) == facts.mustRun(other, before: node))
                    #expect(path?.edges.contains { $0.to == other || $0.from == other } != true)
                }
            }
        }
    }

    @Test(arguments: 0..<60)
    func `Two nodes are in one component where each leads to the other`(_ seed: Int) throws {
        let flow = try #require(try RandomFlow(count: 9, seed: UInt64(1_000 + seed)).flow())
        let facts = DataFlow(flow)
        let reach = flow.nodes.indices.map { Reachability.forwards(from: [$0], in: flow.nodes) }
        for (a, b) in flow.nodes.indices.flatMap({ a in flow.nodes.indices.map { (a, $0) } }) {
            #expect((facts.component[a] == facts.component[b]) == (reach[a][b] && reach[b][a]))
        }
    }

    @Test(arguments: 0..<60)
    func `The order of nodes in a file changes no finding`(_ seed: Int) {
        var chance = SplitMix(seed: UInt64(2_000 + seed))
        let flow = RandomFlow(count: 8, seed: UInt64(3_000 + seed))
        func findings(_ text: String) -> [String] {
            // A cycle of requests, an error, is listed by FD503 in the order of the file.
            lint(text).findings.filter { $0.code.id != "FD503" }.map {
                "\($0.code.id) \($0.severity) \($0.message) \($0.help)"
            }.sorted()
        }
        let expected = findings(flow.text())
        for _ in 0..<3 {
            #expect(findings(flow.text(flow.nodes.indices.shuffled(using: &chance))) == expected)
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `2,000 nodes with ways back between them are endless loops and nothing worse`() throws {
        var text = "version: 1\nnodes:\n  Start:\n    type: start\n    transitions:\n      incoming_call: N1\n"
        for index in 1..<2_000 {
            let next = index == 1_999 ? "end" : "N\(index + 1)"
            text += "  N\(index):\n    type: call_forward\n    to: +12025551234\n    caller_name: <<Start.call.from>>\n"
            text += "    transitions:\n      completed: end\n      no_answer: \(next)\n      busy: \(next)\n"
            text += "      failed: \(index.isMultiple(of: 100) ? "N\(index - 50)" : next)\n"
        }
        let findings = lint(text).findings
        #expect(findings.contains { $0.code.id == "FD207" })
        #expect(findings.allSatisfy { $0.code.id == "FD207" || $0.severity == .info })
        let flow = try #require(FlowBuilder.build(source: Array(text.utf8), file: "a.yaml", format: .yaml).flow)
        #expect(DataFlow(flow).isComplete)
    }
}
