package import FlowCore

/// A store in front of another, which does what this one does not do itself.
package protocol ForwardingStore: Store {
    /// The other store.
    ///
    /// - Throws: where nothing is passed on any more.
    var inner: any Store { get throws }
}

extension ForwardingStore {
    package func turn<Answer: Sendable>(
        _ call: RunID,
        durability: Durability,
        _ decide: @escaping @Sendable (RunRecord?) -> (RecordChange, Answer)
    ) async throws -> (change: RecordChange, answer: Answer) {
        try await inner.turn(call, durability: durability, decide)
    }

    package func settle(
        _ attempt: Delivery.Attempt,
        _ next: Delivery.Next,
        of claim: Claim,
        _ decide: @escaping @Sendable (RunRecord?) -> RecordChange
    ) async throws -> RecordChange? {
        try await inner.settle(attempt, next, of: claim, decide)
    }

    package func claim(
        by worker: WorkerID,
        at now: Timestamp,
        limit: Int,
        perOrigin: Int,
        busy: [String: Int]
    ) async throws -> [ClaimedDelivery] {
        try await inner.claim(by: worker, at: now, limit: limit, perOrigin: perOrigin, busy: busy)
    }

    package func record(of call: RunID) async throws -> RunRecord? { try await inner.record(of: call) }
    package func calls(_ query: RunQuery) async throws -> [RunRecord] { try await inner.calls(query) }
    package func callsDue(at now: Timestamp, limit: Int) async throws -> [RunID] {
        try await inner.callsDue(at: now, limit: limit)
    }
    package func holds(_ claim: Claim) async throws -> Bool { try await inner.holds(claim) }
    package func release(_ claims: [Claim]) async throws { try await inner.release(claims) }
    package func delivery(_ id: DeliveryID) async throws -> Delivery? { try await inner.delivery(id) }
    package func deliveries(_ query: DeliveryQuery) async throws -> [Delivery] { try await inner.deliveries(query) }
    package func deliveries(of call: RunID) async throws -> [Delivery] { try await inner.deliveries(of: call) }
    package func retry(_ id: DeliveryID, at now: Timestamp) async throws -> Bool { try await inner.retry(id, at: now) }
    package func backlog() async throws -> Backlog { try await inner.backlog() }
    package func beat(_ worker: WorkerID, at now: Timestamp) async throws { try await inner.beat(worker, at: now) }
    package func beats() async throws -> [WorkerID: Int] { try await inner.beats() }
    package func bury(_ worker: WorkerID) async throws { try await inner.bury(worker) }
    package func save(_ version: FlowVersion) async throws { try await inner.save(version) }
    package func version(_ id: VersionID) async throws -> FlowVersion? { try await inner.version(id) }
    package func sharedKey() async throws -> [UInt8] { try await inner.sharedKey() }
    package func prune(before limit: Timestamp, batch: Int) async throws -> Int {
        try await inner.prune(before: limit, batch: batch)
    }
    package var commits: Int { (try? inner.commits) ?? 0 }
    package func audit() async throws -> Audit { try await inner.audit() }
    package func check() async throws { try await inner.check() }
    package func close() async throws { try await inner.close() }
}
