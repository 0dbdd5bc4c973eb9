import FlowCore

/// What a ``MemoryStore`` holds.
struct MemoryState: Sendable {
    struct CallRow: Sendable {
        /// In the order in which records began.
        var number: Int
        var wake: Timestamp?
        var bytes: [UInt8]
        var deliveries: [DeliveryID] = []
    }

    struct DeliveryRow: Sendable {
        var number: Int
        var call: RunID
        var origin: String
        var order: [UInt8]
        var progress: [UInt8]
        var state: Delivery.State
        var dueAt: Timestamp
        var worker: WorkerID?
        var claim: Int

        func delivery(_ id: DeliveryID) throws(StoreError) -> Delivery {
            do {
                return try Delivery(id: id, state: state, dueAt: dueAt, order: order, progress: progress)
            } catch {
                throw StoreError("the delivery \(id) is damaged: \(error)", .damaged(call))
            }
        }

        mutating func update(_ delivery: Delivery) {
            progress = delivery.encodedProgress()
            state = delivery.state
            dueAt = delivery.dueAt
        }
    }

    var isClosed = false
    var calls: [RunID: CallRow] = [:]
    var deliveries: [DeliveryID: DeliveryRow] = [:]
    var workers: [WorkerID: Int] = [:]
    /// In the order in which they were last saved.
    var versions: [FlowVersion] = []
    let sharedKey: [UInt8]
    /// Turns and checks that changed something.
    var commits = 0
    private let watch: (any TurnWatch)?
    private var numbers = 0

    init(watch: (any TurnWatch)?) {
        self.watch = watch
        var chance = SystemRandomNumberGenerator()
        sharedKey = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &chance) }
    }

    private mutating func nextNumber() -> Int {
        numbers += 1
        return numbers
    }

    // MARK: Calls

    func record(of call: RunID) throws(StoreError) -> RunRecord? {
        guard let row = calls[call] else { return nil }
        do {
            return try RunRecord(decoding: row.bytes, call: call)
        } catch {
            throw StoreError("the call \(call) is damaged: \(error)", .damaged(call))
        }
    }

    mutating func turn<Answer>(
        _ call: RunID,
        _ decide: (RunRecord?) -> (RecordChange, Answer)
    ) throws(StoreError) -> (change: RecordChange, answer: Answer) {
        try watch.watch(call) { () throws(StoreError) in
            var (change, answer) = decide(try record(of: call))
            change.begun.removeAll { calls[$0.record.call] != nil }
            try write(change, of: call)
            return (change, answer)
        }
    }

    /// Writes a change, or throws before anything is written.
    private mutating func write(_ change: RecordChange, of call: RunID) throws(StoreError) {
        var new: Set<DeliveryID> = []
        for delivery in change.allDeliveries {
            guard deliveries[delivery.id] == nil, new.insert(delivery.id).inserted else {
                throw StoreError("the delivery \(delivery.id) is there already", .refused)
            }
        }
        guard change.deliveries.isEmpty || change.record != nil || calls[call] != nil else {
            throw StoreError("a delivery of the unknown call \(call)", .refused)
        }
        if change.record != nil || !change.allDeliveries.isEmpty || !change.begun.isEmpty { commits += 1 }
        write(change.record, change.deliveries, of: call, worker: change.worker)
        for begun in change.begun {
            write(begun.record, begun.deliveries, of: begun.record.call, worker: change.worker)
        }
    }

    private mutating func write(
        _ record: RunRecord?,
        _ deliveries: [Delivery],
        of call: RunID,
        worker: WorkerID?
    ) {
        if let record {
            precondition(record.call == call, "a turn writes another call's record")
            var row = calls[call] ?? CallRow(number: nextNumber(), bytes: [])
            row.wake = record.wake
            row.bytes = record.encoded()
            calls[call] = row
        }
        for delivery in deliveries {
            calls[call]?.deliveries.append(delivery.id)
            self.deliveries[delivery.id] = DeliveryRow(
                number: nextNumber(),
                call: call,
                origin: delivery.request.origin,
                order: delivery.encodedOrder(),
                progress: delivery.encodedProgress(),
                state: delivery.state,
                dueAt: delivery.dueAt,
                worker: worker,
                claim: worker == nil ? 0 : 1
            )
        }
    }

    func calls(_ query: RunQuery) throws(StoreError) -> [RunRecord] {
        var found: [RunRecord] = []
        for (call, _) in calls.sorted(by: { $0.value.number > $1.value.number }) where found.count < query.limit {
            if let record = try record(of: call), query.matches(record) { found.append(record) }
        }
        return found
    }

    func callsDue(at now: Timestamp, limit: Int) -> [RunID] {
        let due = calls.compactMap { call, row in row.wake.map { (call: call, wake: $0, number: row.number) } }
            .filter { $0.wake <= now }
            .sorted { ($0.wake, $0.number) < ($1.wake, $1.number) }
        return due.prefix(limit).map(\.call)
    }

    // MARK: An attempt

    func holds(_ claim: Claim) -> Bool {
        guard let row = deliveries[claim.delivery] else { return false }
        return row.state == .pending && row.worker == claim.worker && row.claim == claim.number
    }

    mutating func settle(
        _ attempt: Delivery.Attempt,
        _ next: Delivery.Next,
        of claim: Claim,
        _ decide: (RunRecord?) -> RecordChange
    ) throws(StoreError) -> RecordChange? {
        guard holds(claim), var row = deliveries[claim.delivery] else { return nil }
        var delivery = try row.delivery(claim.delivery)
        let change = try turn(row.call) { record in (decide(record), ()) }.change
        delivery.add(attempt, next)
        row.update(delivery)
        row.worker = nil
        deliveries[claim.delivery] = row
        return change
    }
}
