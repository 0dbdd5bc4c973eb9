package import FlowCore
import Synchronization

/// A store that lives as long as its process: for flow tests, and for tests of what stands on a store.
///
/// It keeps the bytes that a file would hold, so whatever runs on it runs through the codec too.
package final class MemoryStore: Store {
    private let state: Mutex<MemoryState>

    /// - Parameter watch: hears when the store is at work on a call.
    package init(watch: (any TurnWatch)? = nil) {
        state = Mutex(MemoryState(watch: watch))
    }

    private func locked<Value: Sendable>(
        _ body: (inout MemoryState) throws(StoreError) -> Value
    ) throws(StoreError) -> Value {
        let result = state.withLock { state -> Result<Value, StoreError> in
            guard !state.isClosed else { return .failure(StoreError("the store is closed", .closed)) }
            do throws(StoreError) { return .success(try body(&state)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    // MARK: Calls

    package func turn<Answer: Sendable>(
        _ call: RunID,
        durability: Durability,
        _ decide: @escaping @Sendable (RunRecord?) -> (RecordChange, Answer)
    ) async throws -> (change: RecordChange, answer: Answer) {
        try locked { (state) throws(StoreError) in try state.turn(call, decide) }
    }

    package func record(of call: RunID) async throws -> RunRecord? {
        try locked { (state) throws(StoreError) in try state.record(of: call) }
    }

    package func calls(_ query: RunQuery) async throws -> [RunRecord] {
        try locked { (state) throws(StoreError) in try state.calls(query) }
    }

    package func callsDue(at now: Timestamp, limit: Int) async throws -> [RunID] {
        try locked { $0.callsDue(at: now, limit: limit) }
    }

    // MARK: Deliveries

    package func settle(
        _ attempt: Delivery.Attempt,
        _ next: Delivery.Next,
        of claim: Claim,
        _ decide: @escaping @Sendable (RunRecord?) -> RecordChange
    ) async throws -> RecordChange? {
        try locked { (state) throws(StoreError) in try state.settle(attempt, next, of: claim, decide) }
    }

    package func claim(
        by worker: WorkerID,
        at now: Timestamp,
        limit: Int,
        perOrigin: Int,
        busy: [String: Int]
    ) async throws -> [ClaimedDelivery] {
        try locked { (state) throws(StoreError) in
            try state.claim(by: worker, at: now, limit: limit, perOrigin: perOrigin, busy: busy)
        }
    }

    package func holds(_ claim: Claim) async throws -> Bool { try locked { $0.holds(claim) } }

    package func release(_ claims: [Claim]) async throws { try locked { $0.release(claims) } }

    package func delivery(_ id: DeliveryID) async throws -> Delivery? {
        try locked { (state) throws(StoreError) in try state.deliveries[id]?.delivery(id) }
    }

    package func deliveries(_ query: DeliveryQuery) async throws -> [Delivery] {
        try locked { (state) throws(StoreError) in try state.list(query) }
    }

    package func deliveries(of call: RunID) async throws -> [Delivery] {
        try locked { (state) throws(StoreError) in try state.list(of: call) }
    }

    package func retry(_ id: DeliveryID, at now: Timestamp) async throws -> Bool {
        try locked { (state) throws(StoreError) in try state.retry(id, at: now) }
    }

    package func backlog() async throws -> Backlog { try locked { $0.backlog() } }

    // MARK: Workers

    package func beat(_ worker: WorkerID, at now: Timestamp) async throws {
        try locked { $0.workers[worker, default: 0] += 1 }
    }

    package func beats() async throws -> [WorkerID: Int] { try locked { $0.workers } }

    package func bury(_ worker: WorkerID) async throws { try locked { $0.workers[worker] = nil } }

    // MARK: Versions

    package func save(_ version: FlowVersion) async throws { try locked { $0.save(version) } }

    package func version(_ id: VersionID) async throws -> FlowVersion? {
        try locked { state in state.versions.last { $0.id == id } }
    }

    // MARK: Upkeep

    package func sharedKey() async throws -> [UInt8] { try locked { $0.sharedKey } }

    package func prune(before limit: Timestamp, batch: Int) async throws -> Int {
        try locked { (state) throws(StoreError) in try state.prune(before: limit, batch: batch) }
    }

    package func audit() async throws -> Audit { try locked { (state) throws(StoreError) in try state.audit() } }

    package var commits: Int { state.withLock { $0.commits } }

    package func check() async throws { try locked { $0.commits += 1 } }

    package func close() async throws { state.withLock { $0.isClosed = true } }
}
