package import FlowCore

extension Delivery {
    /// Writes down an attempt and what follows it.
    package mutating func add(_ attempt: Attempt, _ next: Next) {
        attempts.append(attempt)
        switch next {
        case .delivered: state = .delivered
        case .dead: state = .dead
        case .retry(let at): dueAt = at
        }
    }

    /// Makes it due again, on a new ladder.
    ///
    /// One that had ended has moved its run already and does not move it again; one that had not still has to. Throws where
    /// it has ended and held sensitive values, which go with its run.
    package mutating func sendAgain(at now: Timestamp) throws(StoreError) {
        guard canBeSentAgain else {
            throw StoreError(
                "the delivery \(id) held a sensitive value, which is not kept: it cannot be sent again",
                .notAgain
            )
        }
        if state != .pending { movesRun = false }
        state = .pending
        dueAt = now
        retriedFrom = attempts.count
    }

    package var canBeSentAgain: Bool { state == .pending || !request.holdsSensitive }

    /// When something last happened to it.
    package var touchedAt: Timestamp { max(createdAt, attempts.last?.at ?? createdAt) }
}
