import FlowCore
import FlowHost
import FlowStore
import Synchronization

/// A store in memory that fails when told to, and counts what it was asked.
final class FaultyStore: ForwardingStore {
    private struct State {
        var fails = false
        var checks = 0
        var failedReleases = 0
        var prunable = 0
        var pruned: [(before: Timestamp, batch: Int)] = []
    }

    private let memory = MemoryStore()
    private let state = Mutex(State())

    var fails: Bool {
        get { state.withLock { $0.fails } }
        set { state.withLock { $0.fails = newValue } }
    }

    /// How often ``holds(_:)`` was asked.
    var checks: Int { state.withLock { $0.checks } }
    /// How often claims could not be given back.
    var failedReleases: Int { state.withLock { $0.failedReleases } }
    var pruned: [(before: Timestamp, batch: Int)] { state.withLock { $0.pruned } }
    var prunable: Int {
        get { state.withLock { $0.prunable } }
        set { state.withLock { $0.prunable = newValue } }
    }

    /// Commits deliveries that are born claimed, or that nobody holds.
    func commit(_ deliveries: [Delivery], by worker: WorkerID?) async throws {
        for delivery in deliveries {
            let call = delivery.key.run
            _ = try await memory.turn(call, durability: .synced) { record in
                RecordChange(
                    record: record ?? RunRecord(call: call, createdAt: delivery.createdAt),
                    deliveries: [delivery],
                    worker: worker
                )
            }
        }
    }

    /// Lets another worker take all that is due, as if `worker` had stood still.
    func takeOver(from worker: WorkerID, by other: WorkerID) async throws {
        try await memory.bury(worker)
        try await memory.beat(other, at: wallClock())
        _ = try await memory.claim(by: other, at: wallClock(), limit: 1_000, perOrigin: 1_000, busy: [:])
        try await memory.beat(worker, at: wallClock())
    }

    /// Deliveries that are still to be sent and that nobody holds.
    func free() async throws -> [DeliveryID] {
        let finder = WorkerID(.max)
        let found = try await memory.claim(by: finder, at: wallClock(), limit: 10_000, perOrigin: 10_000, busy: [:])
        try await memory.release(found.map(\.claim))
        return found.map(\.delivery.id)
    }

    func count(_ wanted: Delivery.State) async throws -> Int {
        try await memory.deliveries(DeliveryQuery(state: wanted, limit: 10_000)).count
    }

    var inner: any Store {
        get throws {
            if fails { throw StoreError("disk full") }
            return memory
        }
    }

    // MARK: Store

    func holds(_ claim: Claim) async throws -> Bool {
        state.withLock { $0.checks += 1 }
        return try await inner.holds(claim)
    }

    func prune(before limit: Timestamp, batch: Int) async throws -> Int {
        try state.withLock { state in
            if state.fails { throw StoreError("disk full") }
            state.pruned.append((limit, batch))
            let count = min(batch, state.prunable)
            state.prunable -= count
            return count
        }
    }

    func release(_ claims: [Claim]) async throws {
        state.withLock { $0.failedReleases += $0.fails ? 1 : 0 }
        try await inner.release(claims)
    }
    func delivery(_ id: DeliveryID) async throws -> Delivery? { try await memory.delivery(id) }
}

extension FaultyStore: DeliverySink {
    func attempted(
        _ claimed: ClaimedDelivery,
        _ attempt: Delivery.Attempt,
        _ next: Delivery.Next,
        _ result: RequestResult
    ) async throws {
        _ = try await settle(attempt, next, of: claimed.claim) { _ in RecordChange() }
    }
}
