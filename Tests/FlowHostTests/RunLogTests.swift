import FlowCore
import FlowStore
import FlowTesting
import Logging
import Testing

@testable import FlowHost

@Suite
struct RunLogTests {
    private let flow: Flow
    private let counters = HostCounters()

    init() throws {
        flow = try TestFlows.flow("plain")
    }

    @Test func `a run that ends is one line, and nothing of a caller's breaks it`() throws {
        let book = LogBook(level: .info)
        var run = try run(ended: .finished)
        run.from = "14155551234\nlevel=error"
        run.to = "\u{1B}[31m+14155550100"
        run.note(Note(.transferred, "other\r\nflow"))
        run.startedAt = Timestamp(milliseconds: Story.noon.milliseconds - 1_500)
        run.ordered = 2
        log(book).log(record(run), at: Story.noon)
        #expect(
            book.lines == [
                "info run ended deliveries=2 flow=plain"
                    + " from=14155551234\u{FFFD}level=error node=Report notes=[\"the call was transferred to flow \\\"other\u{FFFD}\u{FFFD}flow\\\"\"]"
                    + " outcome=success run=5f1c9d10-6b1e-4a0b-9d36-6f5d3f6c2a11 seconds=1.5"
                    + " status=finished steps=2 to=\u{FFFD}[31m+14155550100 version=01706c61696e2d2d"
            ]
        )
        #expect(counters.failedRuns == 0)
    }

    @Test func `the outcome is that of the last node that the caller heard`() throws {
        let book = LogBook(level: .info)
        let forwarding = try TestFlows.flow("plain")
        let dial = try #require(forwarding.nodes.firstIndex { $0.description.holdsCaller })
        let busy = try #require(forwarding.nodes[dial].outcomes.firstIndex { $0.name == "busy" })
        var run = try run(ended: .finished)
        run.path.insert(Run.Step(node: dial, outcome: busy, at: Story.noon), at: 1)
        log(book).log(record(run), at: Story.noon)
        #expect(book.lines.count == 1)
        #expect(book.lines.allSatisfy { $0.contains(" node=Forward ") }, "\(book.lines)")
        #expect(book.lines.allSatisfy { $0.contains(" outcome=busy ") }, "\(book.lines)")
    }

    @Test func `a side run is a line that tells the event and the run that it began by`() throws {
        let book = LogBook(level: .info)
        var run = try run(ended: .finished)
        let parent = try #require(RunID(.call, "c-1"))
        run.origins = [Run.Origin(parent: parent, node: 2, visit: 0, event: "recording", parameters: .object([]))]
        log(book).log(record(run), at: Story.noon)
        let name = flow.nodes[2].name
        #expect(book.lines.map { $0.hasPrefix("info side run ended began_by=\(name).recording ") } == [true])
        #expect(book.lines.allSatisfy { $0.contains(" parent=c-1 ") }, "\(book.lines)")
    }

    @Test func `a run that fails is an error, and counted`() throws {
        let book = LogBook(level: .info)
        log(book).log(record(try run(ended: .failed)), at: Story.noon)
        #expect(book.lines.map { $0.prefix(15) } == ["error run ended"])
        #expect(counters.failedRuns == 1)
    }

    @Test func `a run that goes on, or ended in an earlier turn, is no line`() throws {
        let book = LogBook(level: .info)
        var goingOn = try run(ended: .finished)
        goingOn.status = .running
        goingOn.endedAt = nil
        log(book).log(record(goingOn), at: Story.noon)
        log(book).log(record(try run(ended: .failed)), at: Story.noon + 1)
        #expect(book.lines == [])
        #expect(counters.failedRuns == 0)
    }

    @Test func `at debug each step of the turn is a line, with the outcome that led there`() throws {
        let book = LogBook(level: .debug)
        log(book).log(record(try run(ended: .finished)), at: Story.noon)
        let run = "run=5f1c9d10-6b1e-4a0b-9d36-6f5d3f6c2a11"
        #expect(
            book.lines.dropLast() == [
                "debug step after= flow=plain node=Start outcome= \(run)",
                "debug step after=Start flow=plain node=Report outcome=incoming_message \(run)",
                "debug step after=Report flow=plain node=end outcome=success \(run)",
            ]
        )
    }

    private func log(_ book: LogBook) -> RunLog {
        RunLog(
            logger: book.logger,
            counters: counters,
            shelf: FlowShelf(FlowSet.make([flow]).set, store: MemoryStore())
        )
    }

    private func record(_ run: Run) -> RunRecord { RunRecord(call: run.id, createdAt: run.startedAt, runs: [run]) }

    /// A run that came from its start to a report, and ended there.
    private func run(ended status: Run.Status) throws -> Run {
        var run = Run(id: try #require(Story.run), flow: flow, startedAt: Story.noon)
        run.path = [
            Run.Step(node: 0, outcome: 1, at: Story.noon), Run.Step(node: 2, outcome: 0, at: Story.noon),
        ]
        run.status = status
        run.endedAt = Story.noon
        return run
    }
}
