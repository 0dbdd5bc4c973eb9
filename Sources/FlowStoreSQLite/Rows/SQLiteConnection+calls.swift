import FlowCore
import FlowStore

extension SQLiteConnection {
    func callRow(_ call: RunID) throws -> CallRow? {
        typealias Column = CallRow.Column
        let found = try first(.findCall, [.blob(call.bytes)]) { row in
            (number: row.integer(Column.number), state: row.blob(Column.state), deliveries: row.blob(Column.deliveries))
        }
        guard let found else { return nil }
        do {
            let record = try RunRecord(decoding: found.state, call: call)
            let whole = try joined(record, number: found.number)
            return CallRow(
                number: found.number,
                record: whole.record,
                deliveries: DeliveryNumbers(found.deliveries),
                vaults: whole.vaults
            )
        } catch let error as CodecError {
            throw StoreError("the call \(call) is damaged: \(error)", .damaged(call))
        }
    }

    /// Reads a call, asks `decide`, and writes the change.
    func turn<Answer>(
        _ call: RunID,
        _ decide: (RunRecord?) -> (RecordChange, Answer)
    ) throws -> (change: RecordChange, answer: Answer) {
        let row: CallRow?
        do {
            row = try callRow(call)
        } catch let damage as StoreError {
            // Otherwise it would be due for ever, before all others.
            let number = try first(.findCall, [.blob(call.bytes)]) { $0.integer(CallRow.Column.number) }
            if let number { try run(.silenceCall, [.integer(number)]) }
            throw damage
        }
        var (change, answer) = decide(row?.record)
        guard change.deliveries.isEmpty || change.record != nil || row != nil else {
            throw StoreError("a delivery of the unknown call \(call)", .refused)
        }
        try write(change.record, change.deliveries, of: call, over: row, worker: change.worker)
        change.begun = try change.begun.filter { begun in
            let call = begun.record.call
            guard try first(.findCall, [.blob(call.bytes)], { _ in true }) == nil else { return false }
            try write(begun.record, begun.deliveries, of: call, over: nil, worker: change.worker)
            return true
        }
        return (change, answer)
    }

    private func write(
        _ record: RunRecord?,
        _ deliveries: [Delivery],
        of call: RunID,
        over row: CallRow?,
        worker: WorkerID?
    ) throws {
        var numbers = row?.deliveries ?? DeliveryNumbers()
        for delivery in deliveries {
            try insert(delivery, of: call, worker: worker)
            numbers.add(insertedNumber)
        }
        guard let record else {
            if let row, !deliveries.isEmpty {
                try run(.updateDeliveries, [.blob(numbers.bytes), .integer(row.number)])
            }
            return
        }
        precondition(record.call == call, "a turn writes another call's record")
        let (apart, vaults) = record.apart
        var values = values(of: apart, deliveries: numbers)
        if let row {
            values.append(.integer(row.number))
        } else {
            values += [.blob(call.bytes), .integer(record.createdAt.milliseconds)]
        }
        try run(row == nil ? .insertCall : .updateCall, values)
        try write(vaults: vaults, over: row?.vaults, number: row?.number ?? insertedNumber)
        countUses(of: record, instead: row?.record)
    }

    /// What an insert and an update write, in the order of their statements.
    private func values(of record: RunRecord, deliveries: DeliveryNumbers) -> [SQLiteValue] {
        [
            .text(record.flowList),
            .integer(record.runs.reduce(0) { $0 | $1.status.bit }),
            .integer(record.touchedAt.milliseconds),
            .optional(record.wake?.milliseconds),
            .blob(deliveries.bytes),
            .blob(record.encoded()),
        ]
    }

    /// Keeps count of the calls that each version has.
    private func countUses(of record: RunRecord, instead before: RunRecord?) {
        let now = record.versions
        let then = before?.versions ?? []
        guard now != then else { return }
        for version in now where !then.contains(version) { count(uses: 1, of: version) }
        for version in then where !now.contains(version) { count(uses: -1, of: version) }
    }

    // MARK: Lists

    func calls<Element>(_ query: RunQuery, _ transform: (RunRecord) -> Element) throws -> [Element] {
        var found: [Element] = []
        guard query.limit > 0 else { return found }
        let flow = query.flow.map { SQLiteValue.text("/\($0)/") } ?? .null
        try each(.callsNewest, [flow, .integer(query.status?.bit ?? 0)]) { row in
            // A damaged row is not in the way of the others.
            if let call = RunID(bytes: row.blob(NewestColumn.id)),
                let record = try? RunRecord(decoding: row.blob(NewestColumn.state), call: call), query.matches(record)
            {
                found.append(transform(record))
            }
            return found.count < query.limit
        }
        return found
    }

    func callsDue(at now: Timestamp, limit: Int) throws -> [RunID] {
        var due: [RunID] = []
        try each(.callsDue, [.integer(now.milliseconds), .integer(max(0, limit))]) { row in
            if let call = RunID(bytes: row.blob()) { due.append(call) }
            return true
        }
        return due
    }
}

private enum NewestColumn: Int32, Columns {
    case id, state
}

extension Query {
    static let findCall = Query("SELECT \(CallRow.Column.list) FROM calls WHERE id = ?")
    fileprivate static let insertCall = Query(
        """
        INSERT INTO calls (flows, statuses, touched, wake, deliveries, state, id, started)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """
    )
    fileprivate static let updateCall = Query(
        """
        UPDATE calls SET flows = ?, statuses = ?, touched = ?, wake = ?, deliveries = ?, state = ? WHERE number = ?
        """
    )
    fileprivate static let updateDeliveries = Query("UPDATE calls SET deliveries = ? WHERE number = ?")
    fileprivate static let silenceCall = Query("UPDATE calls SET wake = NULL WHERE number = ?")
    fileprivate static let callsNewest = Query(
        """
        SELECT \(NewestColumn.list) FROM calls
        WHERE (?1 IS NULL OR instr(flows, ?1) > 0) AND (?2 = 0 OR statuses & ?2 <> 0) ORDER BY number DESC
        """
    )
    fileprivate static let callsDue = Query(
        "SELECT id FROM calls WHERE wake IS NOT NULL AND wake <= ? ORDER BY wake, number LIMIT ?"
    )
}
