package import FlowCore
package import FlowDocument

/// Which cases are played and how: what `flowd test` was asked for.
package struct TestPlan: Sendable {
    /// A text that a case's name, or its flow's, has to hold.
    package var filter: String
    package var isAdverse: Bool
    package var minimumEdges: Int?

    package init(filter: String = "", isAdverse: Bool = false, minimumEdges: Int? = nil) {
        self.filter = filter
        self.isAdverse = isAdverse
        self.minimumEdges = minimumEdges
    }

    /// Plays all cases of `items`.
    ///
    /// With a filter, only flows that a case was played of are measured.
    ///
    /// - Parameters:
    ///   - flows: flows that are measured whether a case is of them or not.
    ///   - progress: called after each case.
    package func run(
        _ items: [CaseFolder.Item],
        flows: [PlayedFlow] = [],
        progress: (TestRun.Row) -> Void = { _ in }
    ) async -> TestRun {
        var run = TestRun(minimumEdges: minimumEdges)
        for item in items {
            run.findings += item.file.findings.filter { $0.severity == .error }
            guard !item.file.hasErrors, let played = item.played else { continue }
            let player = Player(played)
            var coverage = Coverage(played.flow)
            let cases = item.file.cases.filter { admits($0, of: played.flow) }
            guard filter.isEmpty || !cases.isEmpty else { continue }
            for wanted in cases {
                let began = ContinuousClock.now
                var result = await player.play(wanted)
                for ended in [result.run].compactMap(\.self) + result.sideRuns { coverage.add(ended) }
                if isAdverse, result.hasPassed {
                    result.failures += await Adversary(player: player, baseline: result).failures()
                }
                let row = TestRun.Row(
                    flow: played.flow,
                    file: item.file.file,
                    result: result,
                    took: began.duration(to: .now)
                )
                run.rows.append(row)
                progress(row)
            }
            if let index = run.coverage.firstIndex(where: { $0.flow.version == played.flow.version }) {
                run.coverage[index].add(coverage)
            } else {
                run.coverage.append(coverage)
            }
        }
        guard filter.isEmpty else { return run }
        // One whose test file has a mistake is in the findings already.
        let known = items.compactMap(\.played)
        for flow in flows where !known.contains(where: { $0.isSame(as: flow) }) {
            run.coverage.append(Coverage(flow.flow))
        }
        return run
    }

    private func admits(_ item: CallCase, of flow: Flow) -> Bool {
        filter.isEmpty || "\(flow.name): \(item.name)".lowercased().contains(filter.lowercased())
    }
}

/// What came of a test run.
package struct TestRun: Sendable {
    package struct Row: Sendable {
        package var flow: Flow
        package var file: String
        package var result: PlayedCase
        package var took: Duration

        package var title: String { "\(flow.name): \(result.item.name)" }
    }

    package var rows: [Row] = []
    /// Why some files could not be played.
    package var findings: [Finding] = []
    package var coverage: [Coverage] = []
    package var minimumEdges: Int?

    package init(minimumEdges: Int? = nil) {
        self.minimumEdges = minimumEdges
    }

    /// Whether a case of the flow was played.
    package func hasPlayed(_ flow: Flow) -> Bool { rows.contains { $0.flow.version == flow.version } }

    package var failed: Int { rows.count { !$0.result.hasPassed } }

    /// Flows whose taken edges are below the wanted percentage.
    package var uncovered: [Coverage] {
        guard let minimumEdges else { return [] }
        return coverage.filter { $0.edges.percent < minimumEdges }
    }

    package var hasPassed: Bool { failed == 0 && findings.isEmpty && uncovered.isEmpty }
}
