import FlowCore
import FlowHost
import FlowStore
import Synchronization

/// A store in memory that fails when told to, and counts what it was asked.
final class FaultyStore: Store {
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

    private var working: MemoryStore {
        get throws {
            if fails { throw StoreError("disk full") }
            return memory
        }
    }

    // MARK: Store

    func turn(
        _ call: RunID,
        durability: Durability,
        watch: (any TurnWatch)?,
        _ decide: @escaping @Sendable (RunRecord?) -> RecordChange
    ) async throws -> RecordChange {
        try await working.turn(call, durability: durability, watch: watch, decide)
    }

    func record(
        _ attempt: Delivery.Attempt,
        _ next: Delivery.Next,
        of claim: Claim,
        watch: (any TurnWatch)?,
        _ decide: @escaping @Sendable (RunRecord?) -> RecordChange
    ) async throws -> RecordChange? {
        try await working.record(attempt, next, of: claim, watch: watch, decide)
    }

    func claim(
        by worker: WorkerID,
        at now: Timestamp,
        limit: Int,
        perOrigin: Int,
        busy: [String: Int]
    ) async throws -> [ClaimedDelivery] {
        try await working.claim(by: worker, at: now, limit: limit, perOrigin: perOrigin, busy: busy)
    }

    func holds(_ claim: Claim) async throws -> Bool {
        state.withLock { $0.checks += 1 }
        return try await working.holds(claim)
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

    func record(of call: RunID) async throws -> RunRecord? { try await working.record(of: call) }
    func calls(_ query: RunQuery) async throws -> [RunRecord] { try await working.calls(query) }
    func callsDue(at now: Timestamp, limit: Int) async throws -> [RunID] {
        try await working.callsDue(at: now, limit: limit)
    }
    func release(_ claims: [Claim]) async throws {
        state.withLock { $0.failedReleases += $0.fails ? 1 : 0 }
        try await working.release(claims)
    }
    func delivery(_ id: DeliveryID) async throws -> Delivery? { try await memory.delivery(id) }
    func deliveries(_ query: DeliveryQuery) async throws -> [Delivery] { try await working.deliveries(query) }
    func deliveries(of call: RunID) async throws -> [Delivery] { try await working.deliveries(of: call) }
    func retry(_ id: DeliveryID, at now: Timestamp) async throws -> Bool { try await working.retry(id, at: now) }
    func backlog() async throws -> Backlog { try await working.backlog() }
    func beat(_ worker: WorkerID, at now: Timestamp) async throws { try await working.beat(worker, at: now) }
    func beats() async throws -> [WorkerID: Int] { try await working.beats() }
    func bury(_ worker: WorkerID) async throws { try await working.bury(worker) }
    func save(_ version: FlowVersion) async throws { try await working.save(version) }
    func version(_ id: VersionID) async throws -> FlowVersion? { try await working.version(id) }
    func sharedKey() async throws -> [UInt8] { try await working.sharedKey() }
    var commits: Int { memory.commits }
    func audit() async throws -> Audit { try await working.audit() }
    func check() async throws { try await working.check() }
    func close() async throws { try await working.close() }
}

extension FaultyStore: DeliverySink {
    func attempted(
        _ claimed: ClaimedDelivery,
        _ attempt: Delivery.Attempt,
        _ next: Delivery.Next,
        _ result: RequestResult
    ) async throws {
        _ = try await record(attempt, next, of: claimed.claim) { _ in RecordChange() }
    }
}
