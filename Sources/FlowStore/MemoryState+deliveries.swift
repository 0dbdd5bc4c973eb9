import FlowCore

extension MemoryState {
    mutating func claim(
        by worker: WorkerID,
        at now: Timestamp,
        limit: Int,
        perOrigin: Int,
        busy: [String: Int]
    ) throws(StoreError) -> [ClaimedDelivery] {
        let due = deliveries.filter { _, row in
            row.state == .pending && row.dueAt <= now && (row.worker.map { workers[$0] == nil } ?? true)
        }
        var taken = busy
        var claimed: [ClaimedDelivery] = []
        for (id, row) in due.sorted(by: { ($0.value.dueAt, $0.value.number) < ($1.value.dueAt, $1.value.number) }) {
            guard claimed.count < limit else { break }
            guard taken[row.origin, default: 0] < perOrigin else { continue }
            taken[row.origin, default: 0] += 1
            let claim = Claim(delivery: id, worker: worker, number: row.claim + 1)
            claimed.append(ClaimedDelivery(try row.delivery(id), claim: claim))
            deliveries[id]?.worker = worker
            deliveries[id]?.claim = claim.number
        }
        return claimed
    }

    mutating func release(_ claims: [Claim]) {
        for claim in claims where holds(claim) { deliveries[claim.delivery]?.worker = nil }
    }

    mutating func retry(_ id: DeliveryID, at now: Timestamp) throws(StoreError) -> Bool {
        guard var row = deliveries[id] else { return false }
        var delivery = try row.delivery(id)
        try delivery.sendAgain(at: now)
        row.update(delivery)
        deliveries[id] = row
        return true
    }

    func list(_ query: DeliveryQuery) throws(StoreError) -> [Delivery] {
        let wanted = deliveries.filter { _, row in query.state.map { $0 == row.state } ?? true }
            .sorted { $0.value.number > $1.value.number }
        var found: [Delivery] = []
        for (id, row) in wanted.prefix(query.limit) { found.append(try row.delivery(id)) }
        return found
    }

    func list(of call: RunID) throws(StoreError) -> [Delivery] {
        var found: [Delivery] = []
        for id in calls[call]?.deliveries ?? [] {
            if let delivery = try deliveries[id]?.delivery(id) { found.append(delivery) }
        }
        return found
    }

    func backlog() -> Backlog {
        var backlog = Backlog()
        for row in deliveries.values {
            switch row.state {
            case .pending:
                backlog.pending += 1
                backlog.oldestDue = min(backlog.oldestDue ?? row.dueAt, row.dueAt)
            case .delivered: backlog.delivered += 1
            case .dead: backlog.dead += 1
            }
        }
        let pending = deliveries.filter { $0.value.state == .pending }
        if let (id, oldest) = pending.min(by: { $0.value.number < $1.value.number }) {
            backlog.oldestCreated = try? oldest.delivery(id).createdAt
        }
        return backlog
    }
}
