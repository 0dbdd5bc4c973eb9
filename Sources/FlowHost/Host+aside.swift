import FlowCore
import FlowStore

extension Host {
    /// Seconds that a call which was set aside waits for another version of flowd, once its time had come.
    private static let asideSeconds = 7 * 86_400

    /// Ends the runs of calls that were set aside and have been due for a week: `failed`, without their flow.
    func giveUpOverdue(limit: Int) async throws {
        guard let crashGuard, crashGuard.aside > 0 else { return }
        let at = now()
        let overdue = try await store.callsDue(at: at + (-Self.asideSeconds), limit: limit + crashGuard.aside)
        for call in overdue where crashGuard.standing(of: call) == .parked {
            let began = ContinuousClock.now
            let change = try await apart(call, crashGuard) { watch in
                try await self.store.turn(call, durability: .synced, watch: watch) { record in
                    RecordChange(record: record?.givenUp(at: at) { _ in true })
                }
            }
            if let change { written(change, at: at, since: began) }
        }
    }

    /// Writes down the end of a delivery whose call was set aside.
    ///
    /// A run that only waited for that end, which comes once, is over.
    func recordAside(
        _ claimed: ClaimedDelivery,
        _ attempt: Delivery.Attempt,
        _ next: Delivery.Next
    ) async throws {
        let (call, key, at) = (claimed.delivery.key.call, claimed.delivery.key, now())
        guard let crashGuard, crashGuard.standing(of: call) == .parked else {
            _ = try await store.record(attempt, next, of: claimed.claim) { _ in RecordChange() }
            return
        }
        let began = ContinuousClock.now
        let change = try await apart(call, crashGuard) { watch in
            try await self.store.record(attempt, next, of: claimed.claim, watch: watch) { record in
                RecordChange(record: record?.forgetting(key).givenUp(at: at) { $0.wake == nil })
            }
        }
        if let change { written(change, at: at, since: began) }
    }
}

extension RunRecord {
    /// The record with runs ended that their flow did not end.
    fileprivate func givenUp(at: Timestamp, where condition: (Run) -> Bool) -> RunRecord {
        var record = self
        for index in runs.indices where !runs[index].hasEnded && condition(runs[index]) {
            record.runs[index].giveUp(
                "flowd died of this call \(CrashGuard.crashesAtMost) times or more: what should have followed was not done",
                at: at
            )
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
