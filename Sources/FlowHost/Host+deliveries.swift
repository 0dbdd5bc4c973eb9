package import FlowCore
package import FlowStore

extension Host: DeliverySink {
    package func attempted(
        _ claimed: ClaimedDelivery,
        _ attempt: Delivery.Attempt,
        _ next: Delivery.Next,
        _ result: RequestResult
    ) async throws {
        let delivery = claimed.delivery
        var ends = delivery.movesRun
        if case .retry = next { ends = false }
        guard ends else {
            _ = try await store.record(attempt, next, of: claimed.claim) { _ in RecordChange() }
            return
        }
        let flow = try await flow(delivery.key.version)
        var found = decider(delivery.key.run)
        found.take(flow, as: delivery.key.version)
        let decider = found
        do {
            let change = try await guarded(delivery.key.run) { watch in
                try await self.store.record(attempt, next, of: claimed.claim, watch: watch) { record in
                    decider.requestEnded(delivery.key, result, turn: nil, record).change
                }
            }
            if let change { written(change, at: decider.at) }
        } catch is ParkedCall {
            try await recordAside(claimed, attempt, next)
        }
    }
}

extension Host {
    /// Wakes the runs whose time has come: hangups without an action, dials of which nothing was heard.
    ///
    /// - Returns: how many calls were looked at.
    @discardableResult
    package func wakeDue(limit: Int = 256) async throws -> Int {
        // Those that were set aside stay due, and must not stand in the way of the others.
        let found = try await store.callsDue(at: now(), limit: limit + (crashGuard?.aside ?? 0))
        let due = found.filter { !isParked($0) }.prefix(limit)
        for call in due {
            do {
                _ = try await turn(call, durability: .synced) { decider, record in decider.timeIsUp(record) }
            } catch let error as StoreError where error.kind == .damaged(call) {
                note(damaged: call, error)
            }
        }
        try await giveUpOverdue(limit: limit)
        return due.count
    }
}
