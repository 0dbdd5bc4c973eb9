import FlowCore
import FlowStore

extension SQLiteConnection {
    // MARK: Keys

    func key(_ name: String) throws -> [UInt8]? { try first(.findKey, [.text(name)]) { $0.blob() } }

    /// Keeps a key, unless there is one of that name.
    func add(_ key: [UInt8], named name: String) throws { try run(.addKey, [.text(name), .blob(key)]) }

    private static let checkName = "checks"

    /// Counts a check of the disk up: another number each time, so that pages are written.
    ///
    /// - Parameter bytes: how much is written, 8 at least.
    func countCheck(bytes: Int) throws {
        let number = (try key(Self.checkName) ?? []).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } &+ 1
        var value = withUnsafeBytes(of: number.bigEndian) { Array($0) }
        value += Array(repeating: UInt8(truncatingIfNeeded: number), count: max(0, bytes - value.count))
        try run(.putKey, [.text(Self.checkName), .blob(value)])
    }

    // MARK: What is over

    /// The calls that could go, the oldest first.
    func prunable(before limit: Timestamp, batch: Int) throws -> [RunID] {
        typealias Column = CallColumn
        var found: [RunID] = []
        guard batch > 0 else { return found }
        try each(.callsOldest) { row in
            // They stand in the order in which they began: what follows is younger.
            guard row.integer(Column.started) < limit.milliseconds else { return false }
            if row.integer(Column.touched) < limit.milliseconds,
                row.integer(Column.statuses) & Int64(Run.Status.live) == 0,
                let call = RunID(bytes: row.blob(Column.id)),
                try areOver(DeliveryNumbers(row.blob(Column.deliveries)), before: limit)
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
        typealias Column = CallRow.Column
        let found = try first(.findCall, [.blob(call.bytes)]) { row in
            (
                number: row.integer(Column.number), state: row.blob(Column.state),
                deliveries: DeliveryNumbers(row.blob(Column.deliveries))
            )
        }
        guard let found, try areOver(found.deliveries, before: limit) else { return 0 }
        let record = try? RunRecord(decoding: found.state, call: call)
        if let record, record.isLive || record.touchedAt >= limit { return 0 }
        var removed = 1
        for number in found.deliveries.all {
            guard let row = try deliveryRow(number: number) else { continue }
            if row.isDelivered { count(delivered: -1) }
            try run(.deleteDelivery, [.integer(number)])
            removed += 1
        }
        try wipeVault(number: found.number)
        try run(.deleteCall, [.integer(found.number)])
        for version in record?.versions ?? [] { count(uses: -1, of: version) }
        return removed
    }

    private func areOver(_ numbers: DeliveryNumbers, before limit: Timestamp) throws -> Bool {
        for number in numbers.all {
            guard let row = try deliveryRow(number: number) else { continue }
            if row.isPending || row.touchedAt >= limit { return false }
        }
        return true
    }

    // MARK: The books

    /// Counts every row; nothing that was counted before is believed.
    func audit() throws -> Audit {
        var audit = Audit()
        try each(.countStates) { row in
            let count = Int(row.integer(StateColumn.number))
            switch UInt8(exactly: row.integer(StateColumn.state)).flatMap(Delivery.State.init(rawValue:)) {
            case .pending: audit.pending = count
            case .delivered: audit.delivered = count
            case .dead: audit.dead = count
            case nil: break
            }
            return true
        }
        try each(.callsOldest) { row in
            guard let call = RunID(bytes: row.blob(CallColumn.id)) else { return true }
            let record = try? RunRecord(decoding: row.blob(CallColumn.state), call: call)
            let enqueued = record?.runs.reduce(0) { $0 + $1.ordered } ?? 0
            var found = 0
            for number in DeliveryNumbers(row.blob(CallColumn.deliveries)).all
            where try first(.isThere, [.integer(number)], { _ in true }) == true {
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

private enum CallColumn: Int32, Columns {
    case started, touched, statuses, deliveries, id, state
}

private enum StateColumn: Int32, Columns {
    case state, number
}

extension Query {
    fileprivate static let findKey = Query("SELECT value FROM keys WHERE name = ?")
    fileprivate static let addKey = Query("INSERT OR IGNORE INTO keys (name, value) VALUES (?, ?)")
    fileprivate static let putKey = Query(
        "INSERT INTO keys (name, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2"
    )
    fileprivate static let callsOldest = Query("SELECT \(CallColumn.list) FROM calls ORDER BY number")
    fileprivate static let deleteCall = Query("DELETE FROM calls WHERE number = ?")
    fileprivate static let deleteDelivery = Query("DELETE FROM deliveries WHERE number = ?")
    fileprivate static let countStates = Query("SELECT state, count(*) AS number FROM deliveries GROUP BY state")
    fileprivate static let isThere = Query("SELECT 1 FROM deliveries WHERE number = ?")
}
