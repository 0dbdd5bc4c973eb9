package import FlowCore
package import FlowStore
import Synchronization

/// A store whose process dies at a failpoint: from then on everything throws, until another is put on the same store.
package final class FaultyStore: Store {
    private struct State {
        var passed: [Failpoint: Int] = [:]
        var isDead = false
        var deferred = 0
    }

    private let store: any Store
    /// Where it dies, and at which pass, from 1.
    private let fault: (point: Failpoint, pass: Int)?
    private let state = Mutex(State())

    /// - Parameter fault: nil for a process that lives.
    package init(_ store: any Store, dyingAt fault: (point: Failpoint, pass: Int)? = nil) {
        self.store = store
        self.fault = fault
    }

    package var isDead: Bool { state.withLock { $0.isDead } }

    /// How often each failpoint was passed.
    package var passed: [Failpoint: Int] { state.withLock { $0.passed } }

    /// How many turns might have been answered before they were on a disk.
    package var deferred: Int { state.withLock { $0.deferred } }

    private func pass(_ point: Failpoint) throws {
        try state.withLock { state in
            if state.isDead { throw Crash() }
            state.passed[point, default: 0] += 1
            if let fault, fault.point == point, fault.pass == state.passed[point] {
                state.isDead = true
                throw Crash()
            }
        }
    }

    private var living: any Store {
        get throws {
            if isDead { throw Crash() }
            return store
        }
    }

    // MARK: With failpoints

    package func turn(
        _ call: CallID,
        durability: Durability,
        _ decide: @escaping @Sendable (CallRecord?) -> CallChange
    ) async throws -> CallChange {
        try pass(.beforeTurn)
        let change = try await store.turn(call, durability: durability, decide)
        if durability == .deferred, change.mayDefer { state.withLock { $0.deferred += 1 } }
        try pass(.afterTurn)
        return change
    }

    package func record(
        _ attempt: Delivery.Attempt,
        _ next: Delivery.Next,
        of claim: Claim,
        _ decide: @escaping @Sendable (CallRecord?) -> CallChange
    ) async throws -> CallChange? {
        try pass(.beforeAttempt)
        let change = try await store.record(attempt, next, of: claim, decide)
        try pass(.afterAttempt)
        return change
    }

    // MARK: Without

    package func claim(
        by worker: WorkerID,
        at now: Timestamp,
        limit: Int,
        perOrigin: Int,
        busy: [String: Int]
    ) async throws -> [ClaimedDelivery] {
        try await living.claim(by: worker, at: now, limit: limit, perOrigin: perOrigin, busy: busy)
    }

    package func record(of call: CallID) async throws -> CallRecord? { try await living.record(of: call) }
    package func calls(_ query: CallQuery) async throws -> [CallRecord] { try await living.calls(query) }
    package func callsDue(at now: Timestamp, limit: Int) async throws -> [CallID] {
        try await living.callsDue(at: now, limit: limit)
    }
    package func holds(_ claim: Claim) async throws -> Bool { try await living.holds(claim) }
    package func release(_ claims: [Claim]) async throws { try await living.release(claims) }
    package func delivery(_ id: DeliveryID) async throws -> Delivery? { try await living.delivery(id) }
    package func deliveries(_ query: DeliveryQuery) async throws -> [Delivery] { try await living.deliveries(query) }
    package func deliveries(of call: CallID) async throws -> [Delivery] { try await living.deliveries(of: call) }
    package func retry(_ id: DeliveryID, at now: Timestamp) async throws -> Bool { try await living.retry(id, at: now) }
    package func backlog() async throws -> Backlog { try await living.backlog() }
    package func beat(_ worker: WorkerID, at now: Timestamp) async throws { try await living.beat(worker, at: now) }
    package func beats() async throws -> [WorkerID: Int] { try await living.beats() }
    package func bury(_ worker: WorkerID) async throws { try await living.bury(worker) }
    package func save(_ version: FlowVersion) async throws { try await living.save(version) }
    package func version(_ id: VersionID) async throws -> FlowVersion? { try await living.version(id) }
    package func sharedKey() async throws -> [UInt8] { try await living.sharedKey() }
    package func prune(before limit: Timestamp, batch: Int) async throws -> Int {
        try await living.prune(before: limit, batch: batch)
    }
    package func audit() async throws -> Audit { try await living.audit() }
    package func check() async throws { try await living.check() }
    package func close() async throws { try await living.close() }
}
