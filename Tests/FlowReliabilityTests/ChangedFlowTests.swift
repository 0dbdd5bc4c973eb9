import FlowCore
import FlowDocument
import FlowFiles
import FlowHost
import FlowStore
import FlowTesting
import Logging
import Synchronization
import Testing

/// What becomes of a call whose flow is changed, or lost, while the call is up.
@Suite
final class ChangedFlowTests: Sendable {
    private let store = PatchyStore(MemoryStore())
    private let clock = VirtualClock()
    private let call: RunID

    init() throws {
        call = try #require(RunID(.call, "9f1c2d3e-0000-4000-8000-000000000002"))
    }

    @Test("a change while a request is on the call path sends it once, and the call goes on as it began")
    func changeWhileAsking() async throws {
        let courier = ActingCourier()
        let host = try await host("lookup", courier: courier)
        let other = try flows("lookup", replacing: "+12025551234", with: "+12025550000")
        courier.act { host.replace(other.set) }
        let answer = text(await host.answer(arrival(.call, "lookup")))
        #expect(answer.contains("+12025551234"))
        #expect(courier.count == 1)
    }

    @Test("a request that is cut short by the end of flowd is no answer: the next process asks again")
    func cutShort() async throws {
        let courier = ActingCourier(status: 0)
        let first = try await host("lookup", courier: courier)
        let task = Mutex<Task<HostAnswer, Never>?>(nil)
        courier.act { task.withLock { $0?.cancel() } }
        let (arrival, gate) = (arrival(.call, "lookup"), AsyncStream.makeStream(of: Void.self))
        let running = Task {
            for await _ in gate.stream { break }
            return await first.answer(arrival)
        }
        task.withLock { $0 = running }
        gate.continuation.yield()
        guard case .unavailable = await running.value else {
            Issue.record("Plivo is told to come again")
            return
        }
        #expect(try await run().path.last?.outcome == nil)
        clock.move(60)
        let second = try await host("lookup", courier: ActingCourier())
        #expect(text(await second.answer(arrival)).contains("+12025551234"))
        #expect(try await run().status == .running)
    }

    @Test("a dial's result that this store knows nothing of counts once on the live version too")
    func rebuiltOnce() async throws {
        let host = try await host("plain")
        let version = try #require(VersionID("0123456789abcdef"))
        let step = StepAddress(run: call, flow: "plain", version: version, node: 1, turn: 1)
        let answers = await [result(host, step), result(host, step), result(host, step)]
        #expect(Set(answers).count == 1)
        #expect(try await store.record(of: call)?.runs.count == 1)
        #expect(try await store.deliveries(of: call).count == 1)
    }

    @Test("a dial's result that this store knows nothing of is taken on the version that its URL names")
    func rebuiltOnItsOwn() async throws {
        let old = try flows("plain")
        try await store.save(old.version)
        let other = try flows("plain", replacing: "/report", with: "/other")
        let host = try await host(other)
        _ = await result(host, StepAddress(run: call, flow: "plain", version: old.version.id, node: 1, turn: 1))
        #expect(try await run().version == old.version.id)
    }

    @Test("with its version lost a call is ended at its dial's result, with on_error, and a copy hears the same")
    func lostAtResult() async throws {
        _ = await (try host("plain")).answer(arrival(.call, "plain"))
        let step = StepAddress(run: call, flow: "plain", version: try await run().version, node: 1, turn: 1)
        let later = try await hostWithoutVersions()
        let (first, second) = await (result(later, step), result(later, step))
        #expect(first.contains("sorry"))
        #expect(first == second)
        let run = try await run()
        #expect(run.status == .failed)
        #expect(run.notes.last == Note(.lostVersion))
    }

    @Test("with its version lost a call is ended when its time has come, and stands in nobody's way")
    func lostAtWake() async throws {
        _ = await (try host("plain")).answer(arrival(.call, "plain"))
        clock.move(100_000)
        let later = try await hostWithoutVersions()
        #expect(try await later.wakeDue() == 1)
        #expect(try await run().status == .failed)
        #expect(try await later.wakeDue() == 0)
    }

    @Test("with its version lost a run is ended by the delivery that it waits for; unreadable for now, it waits")
    func lostAtDelivery() async throws {
        let first = try await host("plain")
        _ = await first.answer(arrival(.call, "plain"))
        let step = StepAddress(run: call, flow: "plain", version: try await run().version, node: 1, turn: 1)
        _ = await result(first, step)
        #expect(try await run().status == .delivering)
        let later = try await hostWithoutVersions()
        let delivery = try #require(try await store.deliveries(of: call).first)
        let claimed = ClaimedDelivery(delivery, claim: .first(of: delivery.id, by: WorkerID(1)))
        let attempt = Delivery.Attempt(at: clock.now(), statusCode: 200, error: "")
        store.versions = .unreadable
        await #expect(throws: StoreError.self) {
            try await later.attempted(claimed, attempt, .delivered, RequestResult(statusCode: 200))
        }
        #expect(try await run().status == .delivering)
        store.versions = .lost
        try await later.attempted(claimed, attempt, .delivered, RequestResult(statusCode: 200))
        #expect(try await store.delivery(delivery.id)?.state == .delivered)
        #expect(try await run().status == .failed)
    }

    @Test("the same webhook on /incoming stays with its run when the number goes to another flow")
    func numberMoved() async throws {
        let numbers = "numbers: [+14155550100]\n"
        let host = try await host(try flows("plain", prefix: numbers))
        let incoming = Arrival(kind: .call, run: call, target: .number("+14155550100"), parameters: parameters)
        let first = text(await host.answer(incoming))
        #expect(first.contains("+12025551234"))
        host.replace(try flows("lookup", prefix: numbers).set)
        #expect(text(await host.answer(incoming)) == first)
        #expect(try await store.record(of: call)?.runs.map(\.flow) == ["plain"])
    }

    // MARK: What it takes

    private var parameters: Parameters {
        Parameters([("CallUUID", call.text), ("From", "14155551234"), ("To", "14155550100")])
    }

    private func arrival(_ kind: Arrival.Kind, _ flow: String) -> Arrival {
        Arrival(kind: kind, run: call, target: .flow(flow), parameters: parameters)
    }

    /// Tells the result of a dial.
    private func result(_ host: Host, _ step: StepAddress) async -> String {
        var said = parameters
        for (name, value) in [("DialStatus", "busy"), ("DialRingStatus", "true"), ("DialHangupCause", "USER_BUSY")] {
            said.append(name, value)
        }
        let callback = Callback(Callback.action, turn: step.turn, said)
        return text(await host.answer(arrival(.callback(callback, step), step.flow)))
    }

    private func text(_ answer: HostAnswer) -> String {
        guard case .answer(let bytes) = answer else { return "\(answer)" }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func run() async throws -> Run { try #require(try await store.record(of: call)?.runs.last) }

    private func flows(
        _ name: String,
        prefix: String = "",
        replacing old: String = "",
        with new: String = ""
    ) throws -> (set: FlowSet, version: FlowVersion) {
        var text = prefix + (Scenario.flows[name] ?? "")
        if !old.isEmpty { text = text.replacing(old, with: new) }
        let version = FlowVersion(flow: name, file: "\(name).yaml", format: .yaml, source: Array(text.utf8))
        let build = FlowBuilder.build(source: version.source, file: version.file, format: .yaml, version: version.id)
        return (FlowSet.make([try #require(build.flow)]).set, version)
    }

    private func host(_ name: String, courier: any Courier = ActingCourier()) async throws -> Host {
        try await host(try flows(name), courier: courier)
    }

    /// A process on the store, with this set live.
    private func host(
        _ flows: (set: FlowSet, version: FlowVersion),
        courier: any Courier = ActingCourier()
    ) async throws -> Host {
        let host = Host(
            flows: FlowSet(),
            store: store,
            courier: courier,
            inbox: DeliveryInbox(),
            worker: WorkerID(1),
            render: { Array("\($0)".utf8) },
            now: { [clock] in clock.now() },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        try await host.install(flows.set, versions: [flows.version])
        return host
    }

    /// A process with the flow changed, and a store that has lost what it was before.
    private func hostWithoutVersions() async throws -> Host {
        store.versions = .lost
        return try await host(try flows("plain", replacing: "/report", with: "/other"))
    }
}

/// An app server that does something before it answers.
private final class ActingCourier: Courier {
    private let status: Int
    private let deed = Mutex<@Sendable () -> Void>({})
    private let asked = Mutex(0)

    init(status: Int = 200) {
        self.status = status
    }

    var count: Int { asked.withLock { $0 } }

    func act(_ deed: @escaping @Sendable () -> Void) { self.deed.withLock { $0 = deed } }

    func send(_ request: OutboundRequest, id: DeliveryID, limit: Duration) async -> CourierReply {
        asked.withLock { $0 += 1 }
        deed.withLock { $0 }()
        return CourierReply(RequestResult(statusCode: status))
    }
}
