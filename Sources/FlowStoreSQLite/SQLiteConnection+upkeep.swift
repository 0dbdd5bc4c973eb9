import FlowCore
import FlowStore

extension SQLiteConnection {
    func calls(_ query: RunQuery) throws -> [RunRecord] {
        var found: [RunRecord] = []
        guard query.limit > 0 else { return found }
        let flow = query.flow.map { SQLiteValue.text("/\($0)/") } ?? .null
        try each(.callsNewest, [flow, .integer(query.status?.bit ?? 0)]) { row in
            // A damaged row is not in the way of the others.
            if let call = RunID(bytes: row.blob(0)), let record = try? RunRecord(decoding: row.blob(1), call: call),
                query.matches(record)
            {
                found.append(record)
            }
            return found.count < query.limit
        }
        return found
    }

    func deliveries(_ query: DeliveryQuery) throws -> [Delivery] {
        var found: [Delivery] = []
        let isUnended = query.state == .pending || query.state == .dead
        let state = SQLiteValue.integer(Int(query.state?.rawValue ?? 0))
        try each(isUnended ? .unendedNewest : .deliveriesNewest, [state, .integer(max(0, query.limit))]) { row in
            if let delivery = try? DeliveryRow(row).delivery() { found.append(delivery) }
            return true
        }
        return found
    }

    // MARK: What is over

    /// The calls that could go, the oldest first.
    func prunable(before limit: Timestamp, batch: Int) throws -> [RunID] {
        var found: [RunID] = []
        guard batch > 0 else { return found }
        try each(.callsOldest) { row in
            // They stand in the order in which they began: what follows is younger.
            guard row.integer(1) < limit.milliseconds else { return false }
            if row.integer(2) < limit.milliseconds, row.integer(3) & Int64(Run.Status.live) == 0,
                let call = RunID(bytes: row.blob(5)), try areOver(numbers(row.blob(4)), before: limit)
            {
                found.append(call)
            }
            return found.count < batch
        }
        return found
    }

    /// Removes a call and its deliveries, if it is still over.
    ///
    /// - Returns: how many rows went.
    func prune(_ call: RunID, before limit: Timestamp) throws -> Int {
        let found = try first(.findCall, [.blob(call.bytes)]) { row in
            (number: row.integer(0), state: row.blob(1), numbers: numbers(row.blob(2)))
        }
        guard let found, try areOver(found.numbers, before: limit) else { return 0 }
        let record = try? RunRecord(decoding: found.state, call: call)
        if let record, record.isLive || record.touchedAt >= limit { return 0 }
        var removed = 1
        for number in found.numbers {
            guard let row = try deliveryRow(number: number) else { continue }
            if row.state == Int64(Delivery.State.delivered.rawValue) { counts.delivered -= 1 }
            try run(.deleteDelivery, [.integer(number)])
            removed += 1
        }
        try run(.deleteCall, [.integer(found.number)])
        for version in record?.versions ?? [] { counts.uses[version, default: 0] -= 1 }
        return removed
    }

    private func areOver(_ numbers: [Int64], before limit: Timestamp) throws -> Bool {
        for number in numbers {
            guard let row = try deliveryRow(number: number) else { continue }
            if row.isPending || row.touchedAt >= limit { return false }
        }
        return true
    }

    func pruneVersions() throws -> Int {
        try writeCounts()
        try run(.pruneVersions, [.integer(FlowVersion.alwaysKept)])
        return changes
    }

    /// The numbers of a call's deliveries, from its row.
    func numbers(_ bytes: [UInt8]) -> [Int64] {
        stride(from: 0, to: bytes.count - bytes.count % 8, by: 8).map { start in
            bytes[start..<start + 8].reduce(0) { $0 << 8 | Int64($1) }
        }
    }

    // MARK: The disk

    private static let checkName = "checks"

    /// Counts a check of the disk up: another number each time, so that pages are written.
    ///
    /// - Parameter bytes: how much is written, 8 at least.
    func countCheck(bytes: Int) throws {
        let before = try first(.findKey, [.text(Self.checkName)]) { $0.blob(0) } ?? []
        let number = before.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } &+ 1
        var value = withUnsafeBytes(of: number.bigEndian) { Array($0) }
        value += Array(repeating: UInt8(truncatingIfNeeded: number), count: max(0, bytes - value.count))
        try run(.putKey, [.text(Self.checkName), .blob(value)])
    }

    // MARK: The books

    /// Counts every row; nothing that was counted before is believed.
    func audit() throws -> Audit {
        var audit = Audit()
        try each(.countStates) { row in
            let count = Int(row.integer(1))
            switch UInt8(exactly: row.integer(0)).flatMap(Delivery.State.init(rawValue:)) {
            case .pending: audit.pending = count
            case .delivered: audit.delivered = count
            case .dead: audit.dead = count
            case nil: break
            }
            return true
        }
        try each(.callsOldest) { row in
            guard let call = RunID(bytes: row.blob(5)) else { return true }
            let record = try? RunRecord(decoding: row.blob(6), call: call)
            let enqueued = record?.runs.reduce(0) { $0 + $1.ordered } ?? 0
            var found = 0
            for number in numbers(row.blob(4)) where try first(.isThere, [.integer(number)], { _ in true }) == true {
                found += 1
            }
            audit.enqueued += enqueued
            if enqueued != found {
                audit.differences.append(Audit.Difference(call: call, enqueued: enqueued, found: found))
            }
            return true
        }
        return audit
    }
}
