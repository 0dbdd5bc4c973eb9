import FlowCore
import FlowDelivery
import FlowHost
import FlowStore
import FlowTesting
import NIOHTTP1
import ServiceLifecycle
import Synchronization
import Testing

@Suite("A worker", .timeLimit(.minutes(5)))
struct DeliveryWorkerTests {
    @Test("sends what is handed over at once, and writes down that it was delivered")
    func handover() async throws {
        let bench = Workbench()
        let courier = StandInCourier { _ in StandInCourier.success }
        let deliveries = (0..<10).map { Sample.delivery($0) }
        var waits: [Duration] = []
        try await bench.run(courier) { _ in
            for delivery in deliveries {
                let began = ContinuousClock.now
                try await bench.hand(over: [delivery])
                try await eventually("it is delivered") { try await bench.state(of: delivery) == .delivered }
                waits.append(began.duration(to: .now))
            }
        }
        #expect(courier.sent == deliveries.map(\.id))
        // Without the handover's ring each would wait a second; the others say how busy the machine is.
        #expect(try #require(waits.min()) < .milliseconds(500))
        for delivery in deliveries {
            let attempts = try await bench.store.delivery(delivery.id)?.attempts
            #expect(attempts?.map(\.statusCode) == [200])
            #expect(attempts?.map(\.error) == [""])
        }
    }

    @Test("fills sensitive values in from the run, in memory alone")
    func sensitive() async throws {
        let sent = Mutex<[String]>([])
        let bench = Workbench()
        let courier = StandInCourier { request in
            sent.withLock { $0.append(request.body.resolved(request.vault) { _ in nil }) }
            return StandInCourier.success
        }
        let call = try StoreSample.call(1)
        var run = try StoreSample.run(of: call)
        for text in ["6502", "8731"] { _ = run.vault.add(text, turn: 0) }
        let record = StoreSample.record(run)
        // Its body ends with the second.
        let delivery = StoreSample.delivery(of: call, isSensitive: true)
        try await bench.run(courier) { _ in
            _ = try await bench.store.turn(call, durability: .synced) { _ in RecordChange(record: record) }
            try await bench.hand(over: [delivery])
            try await eventually("it is delivered") { try await bench.state(of: delivery) == .delivered }
        }
        #expect(sent.withLock { $0 }.map { $0.hasSuffix("8731") } == [true])
        #expect(try await bench.store.delivery(delivery.id)?.request.vault.isEmpty == true)
    }

    @Test("goes up the ladder under one id until it is delivered")
    func ladder() async throws {
        let answers = Mutex([500, 302, 200])
        let ids = Mutex<[String]>([])
        try await AppServer.run { request, answer in
            ids.withLock { $0 += request.headers["webhook-id"] }
            try await answer.reply(answers.withLock { $0.removeFirst() })
        } test: { server in
            let courier = HTTPCourier(
                policy: .privateAllowed,
                secrets: SecretSource { _ in nil },
                signer: nil,
                version: "1.0",
                now: wallClock
            )
            var bench = Workbench()
            bench.ladder = Ladder(steps: [1, 1])
            let delivery = Sample.delivery(to: server.origin)
            try await bench.run(courier) { _ in
                try await bench.hand(over: [delivery])
                try await eventually("it is delivered") { try await bench.state(of: delivery) == .delivered }
            }
            await courier.shutDown()
            #expect(ids.withLock { $0 } == [delivery.id.text, delivery.id.text, delivery.id.text])
            let attempts = try await bench.store.delivery(delivery.id)?.attempts ?? []
            #expect(attempts.map(\.statusCode) == [500, 302, 200])
            #expect(attempts.map(\.error) == ["status 500", "status 302: redirects are not followed", ""])
            for (earlier, later) in zip(attempts, attempts.dropFirst()) {
                let pause = later.at.milliseconds - earlier.at.milliseconds
                #expect(pause >= 1_000)
            }
        }
    }

    @Test(
        "gives up on 410, and at the end of its attempts",
        arguments: [(410, nil, 1), (500, 1, 1), (500, 2, 2)] as [(Int, Int?, Int)]
    )
    func dead(status: Int, maximum: Int?, attempts: Int) async throws {
        let bench = Workbench()
        let courier = StandInCourier { _ in CourierReply(RequestResult(statusCode: status)) }
        let delivery = Sample.delivery(attempts: maximum)
        try await bench.run(courier) { _ in
            try await bench.hand(over: [delivery])
            try await eventually("it is dead") { try await bench.state(of: delivery) == .dead }
        }
        #expect(courier.sent.count == attempts)
    }

    @Test("begins the ladder anew for a delivery that is sent again by hand")
    func again() async throws {
        var bench = Workbench()
        bench.ladder = Ladder(steps: [3_600])
        let courier = StandInCourier { _ in CourierReply(RequestResult(error: "connection refused")) }
        var delivery = Sample.delivery(attempts: 3)
        let attempt = Delivery.Attempt(at: delivery.createdAt, statusCode: 500, error: "status 500")
        delivery.attempts = [attempt, attempt, attempt]
        delivery.retriedFrom = 3
        try await bench.keep([delivery])
        try await bench.run(courier) { _ in
            try await eventually("it was tried") {
                try await bench.store.delivery(delivery.id)?.attempts.count == 4
            }
        }
        let after = try await bench.store.delivery(delivery.id)
        #expect(after?.state == .pending)
        #expect(after?.attempts.last?.error == "connection refused")
    }

    @Test("is not delayed by origins that hang")
    func fairness() async throws {
        var bench = Workbench()
        bench.grace = .milliseconds(100)
        let courier = StandInCourier { request in
            request.origin.hasPrefix("http://hang") ? await StandInCourier.hang() : StandInCourier.success
        }
        let hanging = (0..<150).map { Sample.delivery($0, to: "http://hang.test") }
        let others = (150..<1_750).map { Sample.delivery($0, to: "http://hang\($0 % 20).test") }
        let well = (2_000..<2_050).map { Sample.delivery($0, to: "http://well.test") }
        try await bench.run(courier) { worker in
            try await bench.hand(over: hanging)
            try await eventually("as much hangs as may") { worker.sending == 16 }
            try await bench.hand(over: others)
            try await eventually("much hangs") { worker.sending > 150 }
            try await bench.hand(over: well)
            try await eventually("the others are delivered") {
                try await bench.store.count(.delivered) == well.count
            }
        }
        #expect(courier.peak("http://hang.test") == 16)
    }

    @Test("takes many from the store, handful after handful, each once")
    func backlog() async throws {
        let bench = Workbench()
        let courier = StandInCourier { _ in StandInCourier.success }
        try await bench.keep((0..<640).map { Sample.delivery($0, to: "http://\($0 % 2).test") })
        try await bench.run(courier) { _ in
            try await eventually("all are delivered") { try await bench.store.count(.pending) == 0 }
        }
        #expect(courier.sent.count == 640)
        #expect(Set(courier.sent).count == 640)
    }

    @Test("does not send what was taken over while it waited")
    func fence() async throws {
        let bench = Workbench()
        let isTakenOver = Mutex(false)
        let courier = StandInCourier { request in
            while !isTakenOver.withLock({ $0 }) { try? await Task.sleep(for: .milliseconds(5)) }
            return StandInCourier.success
        }
        // Sixteen are under way; the others wait for longer than a claim is trusted.
        let deliveries = (0..<20).map { Sample.delivery($0) }
        try await bench.run(courier) { worker in
            try await bench.hand(over: deliveries)
            try await eventually("the first are under way") { courier.sent.count == 16 }
            try await bench.store.takeOver(from: Workbench.me, by: WorkerID(2))
            try await Task.sleep(for: .milliseconds(1_100))
            isTakenOver.withLock { $0 = true }
            try await eventually("the rest was checked") { bench.store.checks >= 4 && worker.sending == 0 }
        }
        #expect(Set(courier.sent) == Set(deliveries.prefix(16).map(\.id)))
        // Nor is anything written down of what was sent: its outcome is the other worker's to tell.
        #expect(try await bench.store.count(.pending) == 20)
    }

    @Test("checks every claim, and takes none, while its heartbeat stands still")
    func staleHeartbeat() async throws {
        let bench = Workbench()
        let courier = StandInCourier { _ in StandInCourier.success }
        try await bench.keep([Sample.delivery(1)])
        try await bench.run(courier, isFresh: false) { _ in
            try await bench.hand(over: [Sample.delivery(2)])
            try await eventually("the second is delivered") { try await bench.store.count(.delivered) == 1 }
            try await Task.sleep(for: .milliseconds(1_200))
        }
        #expect(bench.store.checks == 1)
        #expect(courier.sent == [Sample.delivery(2).id])
    }

    @Test("keeps an outcome that cannot be written, and sends nothing twice")
    func storeFailure() async throws {
        let bench = Workbench()
        let store = bench.store
        let courier = StandInCourier { _ in
            store.fails = true
            return StandInCourier.success
        }
        let delivery = Sample.delivery()
        try await bench.run(courier) { _ in
            try await bench.hand(over: [delivery])
            try await eventually("it was sent") { courier.sent.count == 1 }
            try await Task.sleep(for: .milliseconds(1_500))
            #expect(try await bench.state(of: delivery) == .pending)
            store.fails = false
            try await eventually("it is written down") { try await bench.state(of: delivery) == .delivered }
        }
        #expect(courier.sent == [delivery.id])
    }

    @Test("gives back what is too many for it, also where the store fails for a while")
    func surplus() async throws {
        var bench = Workbench()
        bench.grace = .milliseconds(100)
        let store = bench.store
        let courier = StandInCourier { _ in await StandInCourier.hang() }
        let deliveries = (0..<1_200).map { Sample.delivery($0) }
        try await bench.run(courier) { worker in
            try await store.commit(deliveries, by: Workbench.me)
            store.fails = true
            let claimed = deliveries.map { ClaimedDelivery($0, claim: .first(of: $0.id, by: Workbench.me)) }
            bench.inbox.push(claimed, since: .now)
            try await eventually("some are under way") { worker.sending > 0 && store.failedReleases > 0 }
            #expect(try await store.free() == [])
            store.fails = false
            try await eventually("what is too many is free for others") { try await store.free().count > 0 }
        }
    }

    @Test("waits at its end for what is under way, and gives the rest back")
    func gracefulEnd() async throws {
        var bench = Workbench()
        bench.grace = .seconds(600)
        let courier = StandInCourier { _ in
            while !Task.isShuttingDownGracefully { try? await Task.sleep(for: .milliseconds(5)) }
            try? await Task.sleep(for: .milliseconds(200))
            return StandInCourier.success
        }
        let deliveries = (0..<20).map { Sample.delivery($0) }
        try await bench.run(courier) { worker in
            try await bench.hand(over: deliveries)
            try await eventually("the first are under way") { worker.sending == 16 }
        }
        #expect(courier.sent.count == 16)
        #expect(try await bench.store.count(.delivered) == 16)
        #expect(try await Set(bench.store.free()) == Set(deliveries.suffix(4).map(\.id)))
    }

    @Test("ends in time where a server hangs, and gives that back too")
    func hangingEnd() async throws {
        var bench = Workbench()
        bench.grace = .milliseconds(300)
        let courier = StandInCourier { _ in await StandInCourier.hang() }
        let delivery = Sample.delivery()
        try await bench.run(courier) { worker in
            try await bench.hand(over: [delivery])
            try await eventually("it is under way") { worker.sending == 1 }
        }
        #expect(try await bench.store.free() == [delivery.id])
        #expect(try await bench.store.delivery(delivery.id)?.attempts == [])
    }

    @Test("ends where it is cancelled")
    func cancelled() async throws {
        let bench = Workbench()
        let worker = bench.worker(StandInCourier { _ in await StandInCourier.hang() })
        try await bench.store.beat(Workbench.me, at: wallClock())
        try await bench.hand(over: [Sample.delivery()])
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await worker.run() }
            try await eventually("it is under way") { worker.sending == 1 }
            group.cancelAll()
        }
        #expect(try await bench.store.free().count == 1)
    }
}
