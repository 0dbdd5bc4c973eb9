import FlowCore
import FlowStore

extension SQLiteConnection {
    func callRow(_ call: RunID) throws -> CallRow? {
        let found = try first(.findCall, [.blob(call.bytes)]) { row in
            (number: row.integer(0), state: row.blob(1), deliveries: row.blob(2))
        }
        guard let found else { return nil }
        do {
            let record = try RunRecord(decoding: found.state, call: call)
            return CallRow(number: found.number, record: record, deliveries: found.deliveries)
        } catch {
            throw StoreError("the call \(call) is damaged: \(error)", .damaged(call))
        }
    }

    func turn(_ call: RunID, _ decide: (RunRecord?) -> RecordChange) throws -> RecordChange {
        let row: CallRow?
        do {
            row = try callRow(call)
        } catch let damage as StoreError {
            // Otherwise it would be due for ever, before all others.
            if let number = try first(.findCall, [.blob(call.bytes)], { $0.integer(0) }) {
                try run(.silenceCall, [.integer(number)])
            }
            throw damage
        }
        let change = decide(row?.record)
        guard change.deliveries.isEmpty || change.record != nil || row != nil else {
            throw StoreError("a delivery of the unknown call \(call)", .refused)
        }
        try write(change, of: call, over: row)
        return change
    }

    private func write(_ change: RecordChange, of call: RunID, over row: CallRow?) throws {
        var numbers = row?.deliveries ?? []
        for delivery in change.deliveries {
            try insert(delivery, of: call, worker: change.worker)
            withUnsafeBytes(of: insertedNumber.bigEndian) { numbers.append(contentsOf: $0) }
        }
        guard let record = change.record else {
            if let row, !change.deliveries.isEmpty {
                try run(.updateDeliveries, [.blob(numbers), .integer(row.number)])
            }
            return
        }
        precondition(record.call == call, "a turn writes another call's record")
        var values = columns(of: record, deliveries: numbers)
        if let row {
            values.append(.integer(row.number))
        } else {
            values += [.blob(call.bytes), .integer(record.createdAt.milliseconds)]
        }
        try run(row == nil ? .insertCall : .updateCall, values)
        count(record, instead: row?.record)
    }

    /// What an insert and an update write, in the order of their statements.
    private func columns(of record: RunRecord, deliveries: [UInt8]) -> [SQLiteValue] {
        [
            .text(record.flowList),
            .integer(record.runs.reduce(0) { $0 | $1.status.bit }),
            .integer(record.touchedAt.milliseconds),
            .optional(record.wake?.milliseconds),
            .blob(deliveries),
            .blob(record.encoded()),
        ]
    }

    /// Keeps count of the calls that each version has.
    private func count(_ record: RunRecord, instead before: RunRecord?) {
        let now = record.versions
        let then = before?.versions ?? []
        guard now != then else { return }
        for version in now where !then.contains(version) { counts.uses[version, default: 0] += 1 }
        for version in then where !now.contains(version) { counts.uses[version, default: 0] -= 1 }
    }
}
