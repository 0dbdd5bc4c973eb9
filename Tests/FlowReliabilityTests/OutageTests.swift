import FlowCore
import FlowDocument
import FlowFiles
import FlowHost
import FlowStore
import FlowTesting
import FoundationEssentials
import Logging
import Synchronization
import Testing

/// What Plivo is answered while the store cannot be written.
@Suite
final class OutageTests: Sendable {
    private let store = FailingStore(MemoryStore())
    private let clock = VirtualClock()
    private let log = LineLog()
    private let steps = Mutex<[RunID: StepAddress]>([:])

    private static let full = StoreError("database or disk is full", .full)
    private static let apology = "apology"

    @Test
    func `a dial's result is refused for five seconds from the first failure, whatever is answered meanwhile`()
        async throws
    {
        let host = try await host()
        let (old, caller) = (try StoreSample.call(1), try StoreSample.call(2))
        let dial = await answer(host, .call, old)
        #expect(await answer(host, .call, caller) != Self.apology)
        store.error = Self.full
        #expect(await answer(host, .result, caller) == "unavailable")
        for second in 1...4 {
            clock.move(1)
            // Old webhooks again are answered from the disk, and a look at readiness fails: neither is news of the disk.
            #expect(await answer(host, .call, old) == dial)
            await #expect(throws: Self.full) { try await store.check() }
            #expect(await answer(host, .call, try StoreSample.call(10 + second)) == Self.apology)
            #expect(await answer(host, .hangup, old) == "unavailable")
            #expect(await answer(host, .result, caller) == "unavailable")
        }
        clock.move(1)
        #expect(await answer(host, .result, caller) == Self.apology)
        #expect(log.lines.contains("the store cannot be written: the result of a step is only in this line"))
        #expect(host.counters.storeFailures == 14)
    }

    @Test
    func `the next outage begins with its own first failure, though no webhook saw the end of the last`() async throws {
        let host = try await host()
        let caller = try StoreSample.call(1)
        _ = await answer(host, .call, caller)
        store.error = Self.full
        #expect(await answer(host, .result, caller) == "unavailable")
        store.error = nil
        // A heartbeat, say.
        try await store.check()
        clock.move(60)
        store.error = Self.full
        #expect(await answer(host, .result, caller) == "unavailable")
        clock.move(5)
        #expect(await answer(host, .result, caller) == Self.apology)
        store.error = nil
        #expect(await answer(host, .result, caller) == "hangup")
        #expect(try await store.record(of: caller)?.runs.map(\.status) == [.delivering])
    }

    @Test
    func `a line about the store is said once a second, and how often it was left out`() async throws {
        let host = try await host()
        store.error = Self.full
        for number in 1...50 { _ = await answer(host, .call, try StoreSample.call(number)) }
        #expect(log.leftOut == [nil])
        clock.move(1)
        _ = await answer(host, .call, try StoreSample.call(51))
        #expect(log.leftOut == [nil, "49"])
    }

    @Test
    func `a damaged record is the end of its call alone, and no outage`() async throws {
        let host = try await host()
        let (caller, other) = (try StoreSample.call(1), try StoreSample.call(2))
        for call in [caller, other] { _ = await answer(host, .call, call) }
        store.error = StoreError("the call is damaged: the checksum is wrong", .damaged(caller))
        #expect(await answer(host, .result, caller) == Self.apology)
        #expect(await answer(host, .result, caller) == Self.apology)
        #expect(await answer(host, .hangup, caller) == "empty")
        #expect(log.lines.count { $0 == "a call's record is damaged: the call cannot go on" } == 1)
        #expect(
            log.lines.count { $0 == "the call's record is damaged: the result of a step is only in this line" } == 2
        )
        #expect(host.counters.storeFailures == 0)
        store.error = nil
        #expect(await answer(host, .result, other) == "hangup")
    }

    @Test
    func `suspects that wait for one which the store keeps waiting do not wait in turn`() async throws {
        let path = FileManager.default.temporaryDirectory.path + "/flowd-inflight-" + UUID().uuidString
        defer { for number in 0..<16 { try? FileManager.default.removeItem(atPath: "\(path)-\(number)") } }
        let crashGuard = try #require(CrashGuard(path: path, version: "1"))
        let (isInside, mayLeave) = (Flag(), Flag())
        let first = Task {
            try await crashGuard.alone { () async throws -> Int in
                isInside.raise()
                try await eventually("it may leave") { mayLeave.isUp }
                throw StoreError("the disk has not answered within a second")
            }
        }
        try await eventually("the first is inside") { isInside.isUp }
        let others = (1...20).map { _ in Task { try await crashGuard.alone { 1 } } }
        // Each is at the gate, or still on its way there: then it goes in behind the first.
        mayLeave.raise()
        await #expect(throws: StoreError.self) { try await first.value }
        for other in others { _ = try? await other.value }
        #expect(try await crashGuard.alone { 2 } == 2)
    }

    // MARK: Support

    private enum Webhook {
        case call, result, hangup
    }

    private func answer(_ host: Host, _ webhook: Webhook, _ call: RunID) async -> String {
        let known = steps.withLock { $0[call] }
        let step = known ?? StepAddress(run: call, flow: "plain", version: VersionID(digest: []), node: 1, turn: 0)
        var parameters = Parameters([("CallUUID", call.text), ("From", "14155551234"), ("To", "14155550100")])
        if webhook == .result {
            parameters.append("DialStatus", "busy")
            parameters.append("DialHangupCause", "USER_BUSY")
        }
        let kind: Arrival.Kind =
            switch webhook {
            case .call: .call
            case .hangup: .hangup(Hangup(callStatus: "completed", cause: "", billDuration: 0))
            case .result: .callback(Callback(Callback.action, turn: step.turn, parameters), step)
            }
        let arrival = Arrival(kind: kind, run: call, target: .flow("plain"), parameters: parameters)
        switch await host.answer(arrival) {
        case .answer(let bytes), .refused(let bytes, _): return String(decoding: bytes, as: UTF8.self)
        case .unavailable: return "unavailable"
        case .unknownFlow: return "unknown flow"
        }
    }

    private func host() async throws -> Host {
        let source = Array((Scenario.flows["plain"] ?? "").utf8)
        let version = FlowVersion(flow: "plain", file: "plain.yaml", format: .yaml, source: source)
        let build = FlowBuilder.build(source: source, file: version.file, format: .yaml, version: version.id)
        let log = log
        let host = Host(
            flows: FlowSet(),
            store: store,
            courier: ScriptedCourier(),
            inbox: DeliveryInbox(),
            worker: WorkerID(1),
            render: { [self] in render($0) },
            now: { [clock] in clock.now() },
            logger: Logger(label: "test") { _ in log }
        )
        try await host.install(FlowSet.make([try #require(build.flow)]).set, versions: [version])
        return host
    }

    private func render(_ document: [Verb]) -> [UInt8] {
        if case .dial(let dial)? = document.last, case .own(let action)? = dial.action {
            steps.withLock { $0[action.step.run] = action.step }
            return Array("dial for \(action.step.run.text)".utf8)
        }
        if case .speak? = document.first { return Array(Self.apology.utf8) }
        return Array((document.isEmpty ? "empty" : "hangup").utf8)
    }
}

/// Something that comes to be true, once.
private final class Flag: Sendable {
    private let raised = Atomic(false)

    var isUp: Bool { raised.load(ordering: .acquiring) }

    func raise() { raised.store(true, ordering: .releasing) }
}

/// What was logged.
private final class LineLog: LogHandler {
    private let kept = Mutex<[(line: String, leftOut: String?)]>([])

    var lines: [String] { kept.withLock { $0.map(\.line) } }
    /// Of each line about the store: how often it was left out before.
    var leftOut: [String?] { kept.withLock { $0.filter { $0.line.contains("on_error") }.map(\.leftOut) } }

    var logLevel: Logger.Level {
        get { .warning }
        set {}
    }
    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }

    func log(event: LogEvent) {
        kept.withLock { $0.append(("\(event.message)", event.metadata?["left_out"].map { "\($0)" })) }
    }
}
