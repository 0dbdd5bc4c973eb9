package import FlowCore
package import FlowStore

/// Deliveries, and the processes that send them.
extension SQLiteStore {
    package func settle(
        _ attempt: Delivery.Attempt,
        _ next: Delivery.Next,
        of claim: Claim,
        _ decide: @escaping @Sendable (RunRecord?) -> RecordChange
    ) async throws -> RecordChange? {
        let watch = watch
        return try await write(claims: { $0?.claims ?? [] }) { connection in
            try connection.settle(attempt, next, of: claim, watch: watch, decide)
        }
    }

    /// Looks for deliveries beside the writer, then takes in one write those that are still to be had.
    package func claim(
        by worker: WorkerID,
        at now: Timestamp,
        limit: Int,
        perOrigin: Int,
        busy: [String: Int]
    ) async throws -> [ClaimedDelivery] {
        let numbers = try await read(reader) { connection in
            try connection.claimable(at: now, limit: max(0, limit), perOrigin: perOrigin, busy: busy)
        }
        guard !numbers.isEmpty else { return [] }
        return try await write(claims: { $0.map(\.claim) }) { try $0.claim(numbers, by: worker, at: now) }
    }

    package func holds(_ claim: Claim) async throws -> Bool {
        try await read(reader) { try $0.deliveryRow(claim.delivery)?.isHeld(by: claim) ?? false }
    }

    package func release(_ claims: [Claim]) async throws {
        guard !claims.isEmpty else { return }
        try await write { try $0.release(claims) }
    }

    package func delivery(_ id: DeliveryID) async throws -> Delivery? {
        try await read(archive) { try $0.deliveryRow(id, orDelivered: true)?.delivery() }
    }

    package func deliveries(_ query: DeliveryQuery) async throws -> [Delivery] {
        try await deliveries(query) { $0 }
    }

    /// What `transform` makes of each delivery, newest first: no request is kept for longer than that takes.
    package func deliveries<Element: Sendable>(
        _ query: DeliveryQuery,
        _ transform: @escaping @Sendable (Delivery) -> Element
    ) async throws -> [Element] {
        try await read(archive) { try $0.deliveries(query, transform) }
    }

    package func deliveries(of call: RunID) async throws -> [Delivery] {
        try await read(archive) { try $0.deliveries(of: call) }
    }

    package func retry(_ id: DeliveryID, at now: Timestamp) async throws -> Bool {
        guard let number = try await read(archive, { try $0.deliveryRow(id, orDelivered: true)?.number }) else {
            return false
        }
        return try await write { connection in
            guard let row = try connection.deliveryRow(number: number) else { return false }
            try connection.retry(row, at: now)
            return true
        }
    }

    package func backlog() async throws -> Backlog { try await read(archive) { try $0.backlog() } }

    // MARK: Workers

    package func beat(_ worker: WorkerID, at now: Timestamp) async throws {
        try await write { try $0.beat(worker, at: now) }
    }

    package func beats() async throws -> [WorkerID: Int] { try await read(reader) { try $0.beats() } }

    package func bury(_ worker: WorkerID) async throws {
        try await write { try $0.bury(worker) }
    }
}
