package import FlowCore
package import FlowStore
import Synchronization

/// A store that looks whether what it gives back is what was put in: calls and deliveries go through their binary form.
package final class RecodingStore: Store {
    private let store: any Store
    private let found = Mutex<[String]>([])

    package init(_ store: any Store) {
        self.store = store
    }

    /// What came back otherwise, in a few words each.
    package var differences: [String] { found.withLock { $0 } }

    private func compare(_ change: CallChange, of call: CallID) async throws {
        if let record = change.record, try await store.record(of: call) != record {
            found.withLock { $0.append("another record of call \(call)") }
        }
        for delivery in change.deliveries where try await store.delivery(delivery.id) != delivery {
            found.withLock { $0.append("another delivery \(delivery.id)") }
        }
    }

    package func turn(
        _ call: CallID,
        durability: Durability,
        _ decide: @escaping @Sendable (CallRecord?) -> CallChange
    ) async throws -> CallChange {
        let change = try await store.turn(call, durability: durability, decide)
        try await compare(change, of: call)
        return change
    }

    package func record(
        _ attempt: Delivery.Attempt,
        _ next: Delivery.Next,
        of claim: Claim,
        _ decide: @escaping @Sendable (CallRecord?) -> CallChange
    ) async throws -> CallChange? {
        let change = try await store.record(attempt, next, of: claim, decide)
        if let change, let record = change.record { try await compare(change, of: record.call) }
        return change
    }

    // MARK: Passed on

    package func claim(
        by worker: WorkerID,
        at now: Timestamp,
        limit: Int,
        perOrigin: Int,
        busy: [String: Int]
    ) async throws -> [ClaimedDelivery] {
        try await store.claim(by: worker, at: now, limit: limit, perOrigin: perOrigin, busy: busy)
    }

    package func record(of call: CallID) async throws -> CallRecord? { try await store.record(of: call) }
    package func calls(_ query: CallQuery) async throws -> [CallRecord] { try await store.calls(query) }
    package func callsDue(at now: Timestamp, limit: Int) async throws -> [CallID] {
        try await store.callsDue(at: now, limit: limit)
    }
    package func holds(_ claim: Claim) async throws -> Bool { try await store.holds(claim) }
    package func release(_ claims: [Claim]) async throws { try await store.release(claims) }
    package func delivery(_ id: DeliveryID) async throws -> Delivery? { try await store.delivery(id) }
    package func deliveries(_ query: DeliveryQuery) async throws -> [Delivery] { try await store.deliveries(query) }
    package func deliveries(of call: CallID) async throws -> [Delivery] { try await store.deliveries(of: call) }
    package func retry(_ id: DeliveryID, at now: Timestamp) async throws -> Bool { try await store.retry(id, at: now) }
    package func backlog() async throws -> Backlog { try await store.backlog() }
    package func beat(_ worker: WorkerID, at now: Timestamp) async throws { try await store.beat(worker, at: now) }
    package func beats() async throws -> [WorkerID: Int] { try await store.beats() }
    package func bury(_ worker: WorkerID) async throws { try await store.bury(worker) }
    package func save(_ version: FlowVersion) async throws { try await store.save(version) }
    package func version(_ id: VersionID) async throws -> FlowVersion? { try await store.version(id) }
    package func sharedKey() async throws -> [UInt8] { try await store.sharedKey() }
    package func prune(before limit: Timestamp, batch: Int) async throws -> Int {
        try await store.prune(before: limit, batch: batch)
    }
    package func audit() async throws -> Audit { try await store.audit() }
    package func check() async throws { try await store.check() }
    package func close() async throws { try await store.close() }
}
