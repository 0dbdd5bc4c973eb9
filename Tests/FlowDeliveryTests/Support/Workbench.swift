import FlowCore
import FlowDelivery
import FlowHost
import FlowStore
import Logging
import ServiceLifecycle

/// A worker with all that it needs, and how to run it.
struct Workbench {
    static let me = WorkerID(1)

    let store = FaultyStore()
    let inbox = DeliveryInbox()
    /// One beat is enough for as long as a test runs.
    let lastBeat = LastBeat(patience: .seconds(3_600))
    var ladder = Ladder(steps: [1, 2])
    var grace = Duration.seconds(8)

    /// Commits deliveries and hands them over, as the host does.
    func hand(over deliveries: [Delivery]) async throws {
        let began = ContinuousClock.now
        try await store.commit(deliveries, by: Self.me)
        inbox.push(deliveries.map { ClaimedDelivery($0, claim: .first(of: $0.id, by: Self.me)) }, since: began)
    }

    /// Commits deliveries that nobody holds.
    func keep(_ deliveries: [Delivery]) async throws {
        try await store.commit(deliveries, by: nil)
    }

    func state(of delivery: Delivery) async throws -> Delivery.State? { try await store.delivery(delivery.id)?.state }

    func worker(_ courier: any Courier) -> DeliveryWorker {
        DeliveryWorker(
            store: store,
            worker: Self.me,
            inbox: inbox,
            courier: courier,
            sink: store,
            ladder: ladder,
            lastBeat: lastBeat,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            grace: grace,
            now: wallClock,
            jitter: { 0 }
        )
    }

    /// Runs a worker while `body` runs, then shuts it down gracefully and waits for its end.
    func run(
        _ courier: any Courier,
        isFresh: Bool = true,
        _ body: (DeliveryWorker) async throws -> Void
    ) async throws {
        let worker = worker(courier)
        try await store.beat(Self.me, at: wallClock())
        if isFresh { lastBeat.beat(at: .now) }
        try await Self.run(worker) { try await body(worker) }
    }

    /// Runs a service while `body` runs, then shuts it down gracefully and waits for its end.
    static func run(_ service: any Service, _ body: () async throws -> Void) async throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let services = ServiceGroup(services: [service], logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            do {
                try await body()
            } catch {
                group.cancelAll()
                throw error
            }
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
        }
    }
}
