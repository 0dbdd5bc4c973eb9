import FlowCore
import FlowDocument
import FlowPlay
import FoundationEssentials
import Testing

/// Which flows a test run measures.
struct TestPlanTests {
    private let folder = FileManager.default.temporaryDirectory.path + "/flowd-plan-" + UUID().uuidString

    private static let cases = """
        cases:
          - name: busy
            steps: [{dial: busy}]
            requests: {Report: 200}
        """

    /// A folder with two flows, of which one has a case.
    private func run(_ plan: TestPlan, _ more: [String: String] = [:]) async throws -> TestRun {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let files = ["tested.yaml": forwardAndReport, "tested.test.yaml": Self.cases, "other.yaml": forwardAndReport]
        for (name, text) in files.merging(more, uniquingKeysWith: { $1 }) {
            try CaseFolder.write(text, to: "\(folder)/\(name)")
        }
        return await plan.run(try CaseFolder.load([folder]), flows: try CaseFolder.flows([folder]).flows)
    }

    @Test func `a flow without a test has no edge taken, and fails where edges are asked for`() async throws {
        let run = try await run(TestPlan(minimumEdges: 1))
        #expect(run.coverage.map(\.flow.name) == ["tested", "other"])
        #expect(run.coverage.map { $0.edges.taken > 0 } == [true, false])
        #expect(run.uncovered.map(\.flow.name) == ["other"])
        #expect(!run.hasPassed)
        let text = TextReport(showsCoverage: true).text(run).description
        #expect(text.contains("  other: nodes 0/3 (0 %), edges 0/"), "\(text)")
        #expect(text.contains(", no case is of this flow\n"))
        #expect(text.contains("other: 0 % of its edges, wanted 1 %"))
        #expect(JUnitReport.text(run).contains("only 0 % of the edges were taken"))
    }

    @Test func `with a filter only the flows that were played count`() async throws {
        let more = ["third.yaml": forwardAndReport, "third.test.yaml": Self.cases]
        let run = try await run(TestPlan(filter: "tested: busy", minimumEdges: 1), more)
        #expect(run.rows.map(\.title) == ["tested: busy"])
        #expect(run.coverage.map(\.flow.name) == ["tested"])
        #expect(run.hasPassed)
    }

    @Test func `a flow that cannot be read is told with what is wrong`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try CaseFolder.write("nodes: [\n", to: "\(folder)/broken.yaml")
        try CaseFolder.write(forwardAndReport, to: "\(folder)/good.yaml")
        let (flows, findings) = try CaseFolder.flows(["\(folder)/broken.yaml", folder, "\(folder)/good.yaml"])
        #expect(flows.map(\.flow.name) == ["good"])
        #expect(findings.map(\.file) == ["\(folder)/broken.yaml"])
    }
}
