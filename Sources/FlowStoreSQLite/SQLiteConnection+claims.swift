import FlowCore
import FlowStore

extension SQLiteConnection {
    /// The numbers of deliveries that could be claimed, in due order.
    ///
    /// Origin by origin: one that is full, however much it is behind, costs one step.
    func claimable(at now: Timestamp, limit: Int, perOrigin: Int, busy: [String: Int]) throws -> [Int64] {
        var found: [(due: Int64, number: Int64)] = []
        for origin in try origins() {
            let room = min(limit, perOrigin - busy[origin, default: 0])
            guard room > 0 else { continue }
            try each(.dueOfOrigin, [.text(origin), .integer(now.milliseconds), .integer(room)]) { row in
                found.append((row.integer(1), row.integer(0)))
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

    /// The origins of all pending deliveries.
    func origins() throws -> [String] {
        var origins: [String] = []
        var last = ""
        while let next = try first(.nextOrigin, [.text(last)], { $0.text(0) }), !next.isEmpty {
            origins.append(next)
            last = next
        }
        return origins
    }

    func beats() throws -> [WorkerID: Int] {
        var beats: [WorkerID: Int] = [:]
        try each(.beats) { row in
            beats[WorkerID(row.integer(0))] = Int(row.integer(1))
            return true
        }
        return beats
    }

    func backlog() throws -> Backlog {
        func number(_ query: Query) throws -> Int { Int(try first(query, [], { $0.integer(0) }) ?? 0) }
        let pending = try number(.countPending)
        let dead = try number(.countUnended) - pending
        var backlog = Backlog(pending: pending, delivered: try number(.countDelivered), dead: dead)
        for origin in try origins() {
            guard let due = try first(.oldestDue, [.text(origin)], { $0.optional(0) }) ?? nil else { continue }
            backlog.oldestDue = min(backlog.oldestDue?.milliseconds ?? due, due).moment
        }
        if let oldest = try first(.oldestPending, [], { $0.optional(0) }) ?? nil {
            // One that cannot be read hides its age, and nothing else.
            backlog.oldestCreated = try? deliveryRow(number: oldest)?.delivery().createdAt
        }
        return backlog
    }
}

extension Int64 {
    fileprivate var moment: Timestamp { Timestamp(milliseconds: self) }
}
