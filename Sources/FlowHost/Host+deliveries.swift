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
        var found = decider(delivery.key.call)
        found.take(flow, as: delivery.key.version)
        let decider = found
        let began = ContinuousClock.now
        do {
            let change = try await guarded(delivery.key.call) { watch in
                try await self.store.record(attempt, next, of: claimed.claim, watch: watch) { record in
                    decider.requestEnded(delivery.key, result, turn: nil, record).change
                }
            }
            if let change { written(change, at: decider.at, since: began) }
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
        for call in due { _ = try await turn(call, durability: .synced) { decider, record in decider.woke(record) } }
        try await giveUpOverdue(limit: limit)
        return due.count
    }

    /// The document behind `confirmSound`, or behind `dialMusic`: read only, from what is known of the call.
    package func document(for step: StepAddress, music: Bool) async throws -> Reply? {
        guard let record = try await store.record(of: step.call),
            let run = record.runs.last(where: { $0.flow == step.flow && $0.version == step.version }),
            let flow = try await flow(step.version)
        else { return nil }
        let interpreter = Interpreter(flow)
        if music { return interpreter.sound(run, node: step.node).map { .music(url: $0) } }
        return interpreter.confirmation(run, node: step.node).map { .confirmation($0) }
    }
}
