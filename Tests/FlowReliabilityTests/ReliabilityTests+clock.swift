import FlowCore
import FlowDelivery
import FlowHost
import FlowStore
import FlowTesting
import Logging
import ServiceLifecycle
import Testing

extension ReliabilityTests {
    @Test("a clock that is set back an hour loses nothing, and no time runs backwards in a run")
    func clockSetBack() async throws {
        for moment in 0..<3 {
            let scenario = Scenario(
                name: "the clock jumps back before act \(moment)",
                flow: "twice",
                acts: [[.call], [.result("busy")], [.hangup("completed")]].enumerated().flatMap { index, acts in
                    index == moment ? [.pause(-3_600)] + acts : acts
                },
                answers: ["/report": [500, 200]]
            )
            let (ledger, _, _) = try await Rehearsal(scenario, on: MemoryStore(), dyingAt: nil).play()
            #expect(ledger.balances)
            #expect(ledger.reports.map(\.state) == [.delivered, .delivered], "\(scenario.name)")
        }
    }

    @Test("a worker whose clock is set back an hour sends what comes, and what waited once its time is there again")
    func workerWithClockSetBack() async throws {
        let clock = VirtualClock()
        let (store, inbox, lastBeat) = (MemoryStore(), DeliveryInbox(), LastBeat(patience: .seconds(3_600)))
        let courier = ScriptedCourier(["/report": [500, 200]])
        let host = Host(
            flows: FlowSet(),
            store: store,
            courier: courier,
            inbox: inbox,
            worker: WorkerID(1),
            render: { _ in [] },
            now: { clock.now() },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let worker = DeliveryWorker(
            store: store,
            worker: WorkerID(1),
            inbox: inbox,
            courier: courier,
            sink: host,
            ladder: Ladder(steps: [1, 1]),
            lastBeat: lastBeat,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            now: { clock.now() },
            jitter: { 0 }
        )
        try await store.beat(WorkerID(1), at: clock.now())
        lastBeat.beat(at: .now)
        let services = ServiceGroup(
            services: [worker],
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            let first = try await deliver(1, store, inbox, clock)
            try await eventually("the first was tried") { try await store.delivery(first)?.attempts.count == 1 }
            clock.move(-3_600)
            let second = try await deliver(2, store, inbox, clock)
            try await eventually("the second was tried") { try await store.delivery(second)?.attempts.count == 1 }
            clock.move(2)
            try await eventually("the second is delivered") { try await store.delivery(second)?.state == .delivered }
            // An hour late, and not lost.
            clock.move(3_600)
            try await eventually("the first is delivered") { try await store.delivery(first)?.state == .delivered }
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
        }
    }

    /// Commits a delivery and hands it over, as the host does.
    private func deliver(
        _ number: Int,
        _ store: MemoryStore,
        _ inbox: DeliveryInbox,
        _ clock: VirtualClock
    ) async throws -> DeliveryID {
        let (call, me, at) = (try StoreSample.call(number), WorkerID(1), clock.now())
        let key = EffectKey(run: call, flow: "plain", version: VersionID(digest: []), node: 2, visit: 1)
        let order = Order(key: key, request: StoreSample.request(), attempts: nil)
        let delivery = Delivery(order: order, createdAt: at)
        let began = ContinuousClock.now
        _ = try await store.turn(call, durability: .synced) { _ in
            RecordChange(record: RunRecord(call: call, createdAt: at), deliveries: [delivery], worker: me)
        }
        inbox.push([ClaimedDelivery(delivery, claim: .first(of: delivery.id, by: me))], since: began)
        return delivery.id
    }
}
