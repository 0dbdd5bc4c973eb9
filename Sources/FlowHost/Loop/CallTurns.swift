import FlowCore
import FlowStore
import Logging
import Synchronization

/// A call that was set aside: flowd died of it too often.
struct ParkedCall: Error {}

/// Changes calls in the store, a turn at a time: read, decide, write; then the deliveries are handed over.
///
/// A ``CrashGuard`` says how a call stands. Suspects wait for each other; a call that was set aside has no turns.
final class CallTurns: Sendable {
    /// Seconds that a call which was set aside waits for another version of flowd, once its time had come.
    private static let parkedSeconds = 7 * 86_400

    private let store: any Store
    private let shelf: FlowShelf
    private let inbox: DeliveryInbox
    private let worker: WorkerID
    private let render: @Sendable ([Verb]) -> [UInt8]?
    private let now: @Sendable () -> Timestamp
    private let log: RunLog
    private let outage: StoreOutage
    /// nil where nothing remembers a crash.
    private let crashGuard: CrashGuard?
    /// Calls that were set aside, and said to be.
    private let parked = Mutex<Set<RunID>>([])

    init(
        store: any Store,
        shelf: FlowShelf,
        inbox: DeliveryInbox,
        worker: WorkerID,
        render: @escaping @Sendable ([Verb]) -> [UInt8]?,
        now: @escaping @Sendable () -> Timestamp,
        log: RunLog,
        outage: StoreOutage,
        crashGuard: CrashGuard?
    ) {
        self.store = store
        self.shelf = shelf
        self.inbox = inbox
        self.worker = worker
        self.render = render
        self.now = now
        self.log = log
        self.outage = outage
        self.crashGuard = crashGuard
    }

    // MARK: A turn

    /// A turn on the versions that it needs, loaded as it asks for them.
    ///
    /// - Throws: ``ParkedCall`` for a call that was set aside, and what the store throws.
    func turn(
        _ call: RunID,
        durability: Durability,
        _ decide: @escaping @Sendable (Decider, RunRecord?) -> Decision
    ) async throws -> Decision {
        var flows = shelf.atHand()
        while true {
            let asked = decider(call, on: flows)
            let began = ContinuousClock.now
            let (change, decision) = try await guarded(call, change: \.change) {
                try await self.store.turn(call, durability: durability) { record in
                    let decision = decide(asked, record)
                    return (decision.change, decision)
                }
            }
            written(change, at: asked.at, since: began)
            if decision.sideRunsEnd { log.logSideRunsEnd(call) }
            guard case .needs(let version) = decision.verdict else { return decision }
            flows = shelf.atHand(lost: flows.lost)
            flows.take(try await shelf.flow(version), as: version)
        }
    }

    private func decider(_ call: RunID, on flows: FlowsAtHand) -> Decider {
        Decider(run: call, flows: flows, worker: worker, at: now(), render: render)
    }

    /// Hands over what a turn ordered, and logs what it did.
    ///
    /// - Parameter since: an instant before the turn was written: its claims are that old.
    private func written(_ change: RecordChange, at: Timestamp, since: ContinuousClock.Instant) {
        let claimed = change.allDeliveries.map { ClaimedDelivery($0, claim: .first(of: $0.id, by: worker)) }
        inbox.push(claimed, since: since)
        if let record = change.record { log.log(record, at: at) }
        for begun in change.begun { log.log(begun.record, at: at) }
        log.counters.countSideRuns(change.begun.count)
    }

    /// Does what changes a call, apart from other suspects where it is one.
    private func guarded<Value: Sendable>(
        _ call: RunID,
        change: @escaping @Sendable (Value) -> RecordChange?,
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        guard let crashGuard else { return try await body() }
        switch crashGuard.standing(of: call) {
        case .clear: return try await body()
        case .suspect: return try await apart(call, crashGuard, change: change, body)
        case .parked, .hopeless:
            say(parked: call)
            throw ParkedCall()
        }
    }

    /// Does it while no other suspect's turn is under way, and notes what it shows of the call.
    private func apart<Value: Sendable>(
        _ call: RunID,
        _ crashGuard: CrashGuard,
        change: @escaping @Sendable (Value) -> RecordChange?,
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await crashGuard.alone {
            let value = try await body()
            crashGuard.acquit(call, CrashProof(change(value)))
            return value
        }
    }

    /// Says once of a call that it is set aside, and counts it.
    private func say(parked call: RunID) {
        guard parked.withLock({ $0.insert(call).inserted }) else { return }
        log.counters.countParkedCall()
        log.logger.critical(
            "a call was set aside: flowd died of it too often",
            metadata: ["call": "\(LogText.clean(call.text))"]
        )
    }

    // MARK: Deliveries

    /// Writes down an attempt, what follows it, and what its end does to the run.
    func settle(
        _ claimed: ClaimedDelivery,
        _ attempt: Delivery.Attempt,
        _ next: Delivery.Next,
        _ result: RequestResult
    ) async throws {
        let key = claimed.delivery.key
        var ends = claimed.delivery.movesRun
        if case .retry = next { ends = false }
        guard ends else {
            _ = try await store.settle(attempt, next, of: claimed.claim) { _ in RecordChange() }
            return
        }
        var flows = shelf.atHand()
        flows.take(try await shelf.flow(key.version), as: key.version)
        let decider = decider(key.run, on: flows)
        let began = ContinuousClock.now
        do {
            let change = try await guarded(key.run, change: \.self) {
                try await self.store.settle(attempt, next, of: claimed.claim) { record in
                    decider.requestEnded(key, result, turn: nil, record).change
                }
            }
            if let change { written(change, at: decider.at, since: began) }
        } catch is ParkedCall {
            try await settleParked(claimed, attempt, next)
        }
    }

    /// Writes down the end of a delivery whose call was set aside.
    ///
    /// A run that only waited for that end, which comes once, is over.
    private func settleParked(
        _ claimed: ClaimedDelivery,
        _ attempt: Delivery.Attempt,
        _ next: Delivery.Next
    ) async throws {
        let (key, at) = (claimed.delivery.key, now())
        guard let crashGuard, crashGuard.standing(of: key.run) == .parked else {
            _ = try await store.settle(attempt, next, of: claimed.claim) { _ in RecordChange() }
            return
        }
        let began = ContinuousClock.now
        let change = try await apart(key.run, crashGuard, change: \.self) {
            try await self.store.settle(attempt, next, of: claimed.claim) { record in
                RecordChange(record: record?.forgetting(key).givenUp(at: at) { $0.wake == nil })
            }
        }
        if let change { written(change, at: at, since: began) }
    }

    // MARK: Time

    /// Wakes the runs whose time has come, and ends the runs of calls that were set aside a week ago.
    ///
    /// - Returns: how many calls were looked at.
    func wakeDue(limit: Int) async throws -> Int {
        // Those that were set aside stay due, and must not stand in the way of the others.
        let found = try await store.callsDue(at: now(), limit: limit + (crashGuard?.aside ?? 0))
        var count = 0
        for call in found where count < limit {
            if crashGuard?.standing(of: call).isAside == true {
                say(parked: call)
                continue
            }
            count += 1
            do {
                _ = try await turn(call, durability: .synced) { decider, record in decider.timeIsUp(record) }
            } catch let error as StoreError where error.kind == .damaged(call) {
                outage.say(damaged: call, error)
            }
        }
        try await giveUpOverdue(limit: limit)
        return count
    }

    /// Ends the runs of calls that were set aside and have been due for a week: `failed`, without their flow.
    private func giveUpOverdue(limit: Int) async throws {
        guard let crashGuard, crashGuard.aside > 0 else { return }
        let at = now()
        let overdue = try await store.callsDue(at: at + (-Self.parkedSeconds), limit: limit + crashGuard.aside)
        for call in overdue where crashGuard.standing(of: call) == .parked {
            do {
                let began = ContinuousClock.now
                let change = try await apart(call, crashGuard, change: { (change: RecordChange) in change }) {
                    try await self.store.turn(call, durability: .synced) { record in
                        RecordChange(record: record?.givenUp(at: at) { _ in true })
                    }
                }
                written(change, at: at, since: began)
            } catch let error as StoreError where error.kind == .damaged(call) {
                outage.say(damaged: call, error)
            }
        }
    }
}

extension RunRecord {
    /// The record with runs ended that their flow did not end.
    fileprivate func givenUp(at: Timestamp, where condition: (Run) -> Bool) -> RunRecord {
        var record = self
        for index in runs.indices where !runs[index].hasEnded && condition(runs[index]) {
            record.runs[index].giveUp(Note(.givenUp, "\(CrashGuard.crashesAtMost)"), at: at)
        }
        return record
    }

    /// The record without a delivery that has ended.
    fileprivate func forgetting(_ key: EffectKey) -> RunRecord {
        var record = self
        for index in runs.indices { record.runs[index].outstanding.removeAll { $0 == key } }
        return record
    }
}
