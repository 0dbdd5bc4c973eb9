import FlowCore
import FlowDocument
import FlowFiles
import FlowHost
import FlowStore
import FoundationEssentials
import Logging
import Synchronization
import Testing

/// What becomes of a call that flowd died of three times.
@Suite
final class ParkedCallTests: Sendable {
    private let store = MemoryStore()
    private let clock = VirtualClock()
    private let path = FileManager.default.temporaryDirectory.path + "/flowd-inflight-" + UUID().uuidString
    private let call: RunID
    /// How the call stood whenever something was said to Plivo.
    private let standings = Mutex<[CrashGuard.Standing]>([])

    private static let week = 7 * 86_400
    /// Longer than any dial of these flows may last.
    private static let watchdog = 100_000

    init() throws {
        call = try #require(RunID(.call, "9f1c2d3e-0000-4000-8000-000000000001"))
    }

    deinit {
        for number in 0..<16 { try? FileManager.default.removeItem(atPath: "\(path)-\(number)") }
    }

    @Test("another version of flowd takes it up: its dial is settled, and its report is sent")
    func upgrade() async throws {
        try await ring()
        try crash(3)
        clock.move(Self.watchdog)
        try await process("1") { try await $0.wakeDue() }
        #expect(try await run().status == .running)
        try await process("2") { try await $0.wakeDue() }
        #expect(try await run().status == .delivering)
        #expect(try await run().notes.isEmpty)
        #expect(try await store.deliveries(of: call).count == 1)
    }

    @Test("it is ended a week after its time had come, without its flow, and goes when its time to stay is over")
    func givenUp() async throws {
        try await ring()
        try crash(3)
        clock.move(Self.watchdog + Self.week - 86_400)
        try await process("1") { try await $0.wakeDue() }
        #expect(try await run().status == .running)
        clock.move(86_400)
        try await process("1") { try await $0.wakeDue() }
        let run = try await run()
        #expect(run.status == .failed)
        #expect(run.endedAt == clock.now())
        #expect(
            run.notes.map { $0.text(in: nil) }
                == ["flowd died of this call 3 times or more: what should have followed was not done"]
        )
        #expect(try await store.deliveries(of: call).isEmpty)
        #expect(try await store.audit().balances)
        #expect(try await store.prune(before: clock.now() + 1, batch: 10) > 0)
        #expect(try await store.record(of: call) == nil)
    }

    @Test("it is left alone where ending it crashes flowd too")
    func hopeless() async throws {
        try await ring()
        try crash(7)
        clock.move(Self.watchdog + Self.week)
        for version in ["1", "2"] { try await process(version) { try await $0.wakeDue() } }
        #expect(try await run().status == .running)
    }

    @Test("it is ended with the delivery that it only waited for")
    func delivery() async throws {
        try await ring()
        clock.move(Self.watchdog)
        try await process("1") { try await $0.wakeDue() }
        try crash(3)
        try await process("1") { host in
            let claimed = try #require(try await claim())
            let attempt = Delivery.Attempt(at: clock.now(), statusCode: 200, error: "")
            try await host.attempted(claimed, attempt, .delivered, RequestResult(statusCode: 200))
        }
        #expect(try await store.deliveries(of: call).map(\.state) == [.delivered])
        #expect(try await run().status == .failed)
        #expect(try await store.prune(before: clock.now() + 1, batch: 10) > 0)
    }

    @Test("what asks no flow and ends nothing shows nothing")
    func duplicate() async throws {
        try await ring()
        try crash(2)
        try await ring()
        #expect(CrashGuard.look(path)(call) == .suspect)
        try crash(1)
        #expect(CrashGuard.look(path)(call) == .suspect)
        try await process("1") { _ in }
        #expect(CrashGuard.look(path)(call) == .parked)
    }

    @Test("a version that has to be loaded first shows nothing")
    func loading() async throws {
        try await ring()
        try crash(2)
        clock.move(Self.watchdog)
        try await process("1", isLive: false) { try await $0.wakeDue() }
        #expect(standings.withLock { $0.last } == .suspect)
        #expect(try await run().status == .delivering)
        #expect(CrashGuard.look(path)(call) == .clear)
    }

    @Test("a delivery that is tried again does not end it")
    func retry() async throws {
        try await ring()
        clock.move(Self.watchdog)
        try await process("1") { try await $0.wakeDue() }
        try crash(3)
        try await process("1") { host in
            let claimed = try #require(try await claim())
            let attempt = Delivery.Attempt(at: clock.now(), statusCode: 500, error: "")
            try await host.attempted(claimed, attempt, .retry(at: clock.now() + 5), RequestResult(statusCode: 500))
        }
        #expect(try await store.deliveries(of: call).map(\.state) == [.pending])
        #expect(try await run().status == .delivering)
    }

    // MARK: Processes

    /// The call begins, and flowd dials.
    private func ring() async throws {
        try await process("1") { host in
            let parameters = Parameters([("CallUUID", call.text), ("From", "14155551234"), ("To", "14155550100")])
            _ = await host.answer(Arrival(kind: .call, run: call, target: .flow("plain"), parameters: parameters))
        }
        #expect(try await run().status == .running)
    }

    /// The process dies in a turn of the call, so many times.
    private func crash(_ times: Int) throws {
        for _ in 1...times { _ = try #require(CrashGuard(path: path, version: "1")).enter(call) }
    }

    /// A process of this version, with a worker that holds nothing from before.
    private func process(
        _ version: String,
        isLive: Bool = true,
        _ body: (Host) async throws -> Void
    ) async throws {
        let source = Array((Scenario.flows["plain"] ?? "").utf8)
        let text = FlowVersion(flow: "plain", file: "plain.yaml", format: .yaml, source: source)
        let build = FlowBuilder.build(source: source, file: text.file, format: .yaml, version: text.id)
        let crashGuard = try #require(CrashGuard(path: path, version: version))
        let host = Host(
            flows: FlowSet(),
            store: store,
            courier: ScriptedCourier(),
            inbox: DeliveryInbox(),
            worker: WorkerID(1),
            render: { reply in
                self.standings.withLock { $0.append(crashGuard.standing(of: self.call)) }
                return Array("\(reply)".utf8)
            },
            now: { [clock] in clock.now() },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            crashGuard: crashGuard
        )
        let flows = isLive ? FlowSet.make([try #require(build.flow)]).set : FlowSet()
        try await host.install(flows, versions: [text])
        try await body(host)
    }

    private func run() async throws -> Run { try #require(try await store.record(of: call)?.runs.last) }

    private func claim() async throws -> ClaimedDelivery? {
        try await store.bury(WorkerID(1))
        try await store.beat(WorkerID(2), at: clock.now())
        let claimed = try await store.claim(by: WorkerID(2), at: clock.now(), limit: 1, perOrigin: 1, busy: [:])
        return claimed.first
    }
}
