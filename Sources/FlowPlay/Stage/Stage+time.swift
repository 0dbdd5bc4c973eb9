package import FlowCore
import FlowHost
import FlowStore
import Synchronization

extension Stage {
    /// Lets so many seconds pass, with all that is due in them.
    package func wait(seconds: Int) async throws {
        try await wait(until: clock.now + seconds)
    }

    /// Lets time pass until a moment, with all that is due before it.
    package func wait(until moment: Timestamp) async throws {
        try await pass(until: max(moment, clock.now)) { _ in true }
    }

    /// Sends what is due now.
    package func settle() async throws {
        try await pass(until: clock.now) { _ in true }
    }

    /// Lets time pass until all deliveries have ended.
    ///
    /// An element that no step ended stays under way; time does not run on to its watchdog unless the call is over.
    package func finish() async throws {
        try await pass(until: Timestamp(milliseconds: .max)) { run in
            guard let wait = run.wait, wait.signals.contains(.callback) else { return true }
            return run.call.hangup != nil
        }
    }

    /// - Parameter wakes: whether the time that a run asked for is waited for.
    private func pass(until end: Timestamp, wakes: (Run) -> Bool) async throws {
        while true {
            take(inbox.takeAll())
            let pending = try await deliveries().filter { $0.state == .pending && $0.dueAt < .never }
            let runs = try await allRuns()
            let wake = runs.filter { ($0.wake ?? end) <= clock.now || wakes($0) }.compactMap(\.wake).min()
            guard let next = [pending.map(\.dueAt).min(), wake].compactMap(\.self).min(), next <= end else { break }
            clock.advance(to: next)
            try await claimDue()
            if let claimed = cloud.withLock({ $0.held.isEmpty ? nil : $0.held.removeFirst() }) {
                try await attempt(claimed)
            } else if let wake, wake <= clock.now {
                moments.append(Moment(at: clock.now, kind: .timeIsUp))
                try await host.wakeDue()
                guard try await allRuns() != runs else {
                    throw StageMistake("a run waits for the same time again and again")
                }
            }
        }
        if end.milliseconds < .max { clock.advance(to: end) }
    }

    private func take(_ claimed: [ClaimedDelivery]) {
        cloud.withLock { $0.held += claimed }
    }

    private func claimDue() async throws {
        take(try await store.claim(by: Self.worker, at: clock.now, limit: 256, perOrigin: 256, busy: [:]))
    }

    /// What the delivery worker does, once.
    private func attempt(_ claimed: ClaimedDelivery) async throws {
        let delivery = claimed.delivery
        let began = clock.now
        let (reply, known) = await courier.carry(
            delivery.key,
            delivery.request,
            attempt: delivery.nextAttempt,
            isOnCallPath: false
        )
        let (attempt, settled) = Delivery.Attempt.settle(
            delivery,
            reply.result,
            retryAfter: reply.retryAfter,
            ladder: ladder,
            began: began,
            ended: clock.now,
            jitter: 0
        )
        let next = reply.result.isSuccess ? settled : known ?? settled
        try await host.attempted(claimed, attempt, next, reply.result)
    }
}
