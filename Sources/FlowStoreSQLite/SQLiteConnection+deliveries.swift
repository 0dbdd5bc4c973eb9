import FlowCore
import FlowStore

extension SQLiteConnection {
    func insert(_ delivery: Delivery, of call: RunID, worker: WorkerID?) throws {
        try run(
            .insertDelivery,
            [
                .text(delivery.id.text), .blob(call.bytes), .text(delivery.request.origin),
                .integer(Int(delivery.state.rawValue)), .integer(delivery.dueAt.milliseconds),
                .integer(delivery.touchedAt.milliseconds), .optional(worker?.value), .integer(worker == nil ? 0 : 1),
                .blob(delivery.encodedProgress()), .blob(delivery.encodedOrder()),
            ]
        )
    }

    /// The delivery while it is pending or dead, through the index; with `orDelivered` also by a walk through all.
    func deliveryRow(_ id: DeliveryID, orDelivered: Bool = false) throws -> DeliveryRow? {
        let found = try first(.findUnended, [.text(id.text)]) { DeliveryRow($0) }
        guard found == nil, orDelivered else { return found }
        return try first(.findAny, [.text(id.text)]) { DeliveryRow($0) }
    }

    func deliveryRow(number: Int64) throws -> DeliveryRow? {
        try first(.deliveryNumbered, [.integer(number)]) { DeliveryRow($0) }
    }

    private func update(_ row: DeliveryRow, _ delivery: Delivery, worker: WorkerID?) throws {
        try run(
            .updateDelivery,
            [
                .integer(Int(delivery.state.rawValue)), .integer(delivery.dueAt.milliseconds),
                .integer(delivery.touchedAt.milliseconds), .optional(worker?.value), .blob(delivery.encodedProgress()),
                .integer(row.number),
            ]
        )
    }

    func record(
        _ attempt: Delivery.Attempt,
        _ next: Delivery.Next,
        of claim: Claim,
        _ decide: (RunRecord?) -> RecordChange
    ) throws -> RecordChange? {
        guard let row = try deliveryRow(claim.delivery), row.isHeld(by: claim) else { return nil }
        var delivery = try row.delivery()
        let change: RecordChange
        do {
            change = try turn(delivery.key.run, decide)
        } catch is StoreError {
            // Nothing can follow in a call whose row is damaged; that it was sent is true all the same.
            change = RecordChange()
        }
        delivery.add(attempt, next)
        try update(row, delivery, worker: nil)
        if next == .delivered { counts.delivered += 1 }
        return change
    }

    func retry(_ row: DeliveryRow, at now: Timestamp) throws {
        var delivery = try row.delivery()
        if delivery.state == .delivered { counts.delivered -= 1 }
        delivery.sendAgain(at: now)
        try update(row, delivery, worker: row.worker)
    }

    func release(_ claims: [Claim]) throws {
        for claim in claims {
            guard let row = try deliveryRow(claim.delivery), row.isHeld(by: claim) else { continue }
            try run(.releaseDelivery, [.integer(row.number)])
        }
    }
}
