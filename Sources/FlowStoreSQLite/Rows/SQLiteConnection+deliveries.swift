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

    /// Writes down an attempt of the delivery, unless the claim has been lost, and changes its call.
    func settle(
        _ attempt: Delivery.Attempt,
        _ next: Delivery.Next,
        of claim: Claim,
        watch: (any TurnWatch)?,
        _ decide: (RunRecord?) -> RecordChange
    ) throws -> RecordChange? {
        guard let row = try deliveryRow(claim.delivery), row.isHeld(by: claim) else { return nil }
        var delivery = try row.delivery()
        let call = delivery.key.run
        let change: RecordChange
        do {
            change = try watch.watch(call) { try turn(call) { record in (decide(record), ()) }.change }
        } catch is StoreError {
            // Nothing can follow in a call whose row is damaged; that it was sent is true all the same.
            change = RecordChange()
        }
        delivery.add(attempt, next)
        try update(row, delivery, worker: nil)
        if next == .delivered { count(delivered: 1) }
        return change
    }

    func retry(_ row: DeliveryRow, at now: Timestamp) throws {
        var delivery = try row.delivery()
        let wasDelivered = delivery.state == .delivered
        try delivery.sendAgain(at: now)
        if wasDelivered { count(delivered: -1) }
        try update(row, delivery, worker: row.worker)
    }

    // MARK: Claims

    /// The numbers of deliveries that could be claimed, in due order.
    ///
    /// Origin by origin: one that is full, however much it is behind, costs one step.
    func claimable(at now: Timestamp, limit: Int, perOrigin: Int, busy: [String: Int]) throws -> [Int64] {
        var found: [(due: Int64, number: Int64)] = []
        for origin in try origins() {
            let room = min(limit, perOrigin - busy[origin, default: 0])
            guard room > 0 else { continue }
            try each(.dueOfOrigin, [.text(origin), .integer(now.milliseconds), .integer(room)]) { row in
                found.append((row.integer(DueColumn.due), row.integer(DueColumn.number)))
                return true
            }
        }
        return found.sorted { ($0.due, $0.number) < ($1.due, $1.number) }.prefix(limit).map(\.number)
    }

    /// Takes those of the deliveries that can still be claimed.
    func claim(_ numbers: [Int64], by worker: WorkerID, at now: Timestamp) throws -> [ClaimedDelivery] {
        guard !numbers.isEmpty else { return [] }
        let living = Set(try beats().keys)
        var claimed: [ClaimedDelivery] = []
        for number in numbers {
            guard let row = try deliveryRow(number: number), row.isPending, row.dueAt <= now else { continue }
            if let holder = row.worker, living.contains(holder) { continue }
            try run(.takeDelivery, [.integer(worker.value), .integer(number)])
            // One that cannot be read stays with this worker, out of the others' way.
            guard let delivery = try? row.delivery() else { continue }
            let claim = Claim(delivery: row.id, worker: worker, number: row.claim + 1)
            claimed.append(ClaimedDelivery(delivery, claim: claim))
        }
        return claimed
    }

    func release(_ claims: [Claim]) throws {
        for claim in claims {
            guard let row = try deliveryRow(claim.delivery), row.isHeld(by: claim) else { continue }
            try run(.releaseDelivery, [.integer(row.number)])
        }
    }

    /// The origins of all pending deliveries.
    private func origins() throws -> [String] {
        var origins: [String] = []
        var last = ""
        while let next = try first(.nextOrigin, [.text(last)], { $0.text() }), !next.isEmpty {
            origins.append(next)
            last = next
        }
        return origins
    }

    // MARK: Lists

    func deliveries<Element>(_ query: DeliveryQuery, _ transform: (Delivery) -> Element) throws -> [Element] {
        var found: [Element] = []
        let isUnended = query.state == .pending || query.state == .dead
        let state = SQLiteValue.integer(Int(query.state?.rawValue ?? 0))
        try each(isUnended ? .unendedNewest : .deliveriesNewest, [state, .integer(max(0, query.limit))]) { row in
            if let delivery = try? DeliveryRow(row).delivery() { found.append(transform(delivery)) }
            return true
        }
        return found
    }

    func deliveries(of call: RunID) throws -> [Delivery] {
        let found = try first(.findCall, [.blob(call.bytes)]) { DeliveryNumbers($0.blob(CallRow.Column.deliveries)) }
        return try (found?.all ?? []).compactMap { try deliveryRow(number: $0)?.delivery() }
    }

    func backlog() throws -> Backlog {
        func number(_ query: Query) throws -> Int { Int(try first(query, [], { $0.integer() }) ?? 0) }
        let pending = try number(.countPending)
        let dead = try number(.countUnended) - pending
        var backlog = Backlog(pending: pending, delivered: try number(.countDelivered), dead: dead)
        for origin in try origins() {
            guard let due = try first(.oldestDue, [.text(origin)], { $0.optional() }) ?? nil else { continue }
            let moment = Timestamp(milliseconds: due)
            backlog.oldestDue = min(backlog.oldestDue ?? moment, moment)
        }
        if let oldest = try first(.oldestPending, [], { $0.optional() }) ?? nil {
            // One that cannot be read hides its age, and nothing else.
            backlog.oldestCreated = try? deliveryRow(number: oldest)?.delivery().createdAt
        }
        return backlog
    }
}

private enum DueColumn: Int32, Columns {
    case number, due
}

/// In a statement 1 is pending, 2 delivered and 3 dead; the conditions repeat those of the partial indexes, word for word.
extension Query {
    fileprivate static let insertDelivery = Query(
        """
        INSERT INTO deliveries (id, call, origin, state, due, touched, worker, claim, progress, request)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    )
    fileprivate static let findUnended = Query(
        "\(DeliveryRow.select) INDEXED BY deliveries_unended WHERE id = ? AND state <> 2"
    )
    fileprivate static let findAny = Query("\(DeliveryRow.select) WHERE id = ?")
    fileprivate static let deliveryNumbered = Query("\(DeliveryRow.select) WHERE number = ?")
    fileprivate static let updateDelivery = Query(
        "UPDATE deliveries SET state = ?, due = ?, touched = ?, worker = ?, progress = ? WHERE number = ?"
    )
    fileprivate static let takeDelivery = Query("UPDATE deliveries SET worker = ?, claim = claim + 1 WHERE number = ?")
    fileprivate static let releaseDelivery = Query("UPDATE deliveries SET worker = NULL WHERE number = ?")
    fileprivate static let nextOrigin = Query(
        "SELECT min(origin) FROM deliveries INDEXED BY deliveries_due WHERE state = 1 AND origin > ?"
    )
    fileprivate static let dueOfOrigin = Query(
        """
        SELECT \(DueColumn.list) FROM deliveries INDEXED BY deliveries_due
        WHERE state = 1 AND origin = ? AND due <= ? AND (worker IS NULL OR worker NOT IN (SELECT id FROM workers))
        ORDER BY due, number LIMIT ?
        """
    )
    fileprivate static let deliveriesNewest = Query(
        "\(DeliveryRow.select) WHERE ?1 = 0 OR state = ?1 ORDER BY number DESC LIMIT ?2"
    )
    fileprivate static let unendedNewest = Query(
        """
        \(DeliveryRow.select) INDEXED BY deliveries_unended WHERE state <> 2 AND state = ?1 ORDER BY number DESC LIMIT ?2
        """
    )
    fileprivate static let countPending = Query(
        "SELECT count(*) FROM deliveries INDEXED BY deliveries_due WHERE state = 1"
    )
    fileprivate static let countUnended = Query(
        "SELECT count(*) FROM deliveries INDEXED BY deliveries_unended WHERE state <> 2"
    )
    fileprivate static let countDelivered = Query("SELECT delivered FROM tally")
    /// The number is in the index, and the oldest has the lowest.
    fileprivate static let oldestPending = Query(
        "SELECT min(number) FROM deliveries INDEXED BY deliveries_due WHERE state = 1"
    )
    fileprivate static let oldestDue = Query(
        "SELECT min(due) FROM deliveries INDEXED BY deliveries_due WHERE state = 1 AND origin = ?"
    )
}
