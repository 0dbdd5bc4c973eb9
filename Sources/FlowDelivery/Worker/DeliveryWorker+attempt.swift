import FlowCore
import FlowHost
import FlowStore
import Logging

extension DeliveryWorker {
    private static let shortestPause = Duration.milliseconds(100)
    private static let longestPause = Duration.seconds(5)

    /// One attempt: sends where the claim stands, and writes down what came of it.
    func deliver(_ held: HeldDelivery) async {
        guard let outcome = await attempt(held) else {
            finish(held, isAnswered: nil)
            return
        }
        // The request is over, so its origin may have the next; the outcome may take longer to be written.
        finish(held, isAnswered: outcome.result.statusCode != 0)
        await record(outcome, of: held)
        finishRecording()
    }

    private struct Outcome {
        var attempt: Delivery.Attempt
        var next: Delivery.Next
        var result: RequestResult
    }

    /// Sends; nil where nothing was sent, or where nobody knows what became of it.
    private func attempt(_ held: HeldDelivery) async -> Outcome? {
        let delivery = held.delivery
        let began = now()
        guard let request = await filled(delivery) else {
            abandon(held)
            return nil
        }
        let claim = ClaimFence(held, store: store, lastBeat: lastBeat, logger: logger) { self.isStopping }
        let reply = await courier.deliver(
            request,
            id: delivery.id,
            limit: .seconds(delivery.request.timeout),
            fence: claim.fence
        )
        guard let reply else {
            if !claim.isLost { abandon(held) }
            return nil
        }
        if Task.isCancelled, reply.result.statusCode == 0 {
            abandon(held)
            return nil
        }
        let (attempt, next) = Delivery.Attempt.settle(
            delivery,
            reply.result,
            retryAfter: reply.retryAfter,
            ladder: ladder,
            began: began,
            ended: now(),
            jitter: jitter()
        )
        let outcome = Outcome(attempt: attempt, next: next, result: reply.result)
        log(outcome, of: delivery)
        return outcome
    }

    /// The request with the sensitive values that it refers to, which its run has.
    ///
    /// - Returns: nil where the store does not say.
    private func filled(_ delivery: Delivery) async -> OutboundRequest? {
        guard delivery.request.holdsSensitive else { return delivery.request }
        var request = delivery.request
        do {
            let record = try await store.record(of: delivery.key.run)
            let run = record?.runs.last { $0.flow == delivery.key.flow && $0.version == delivery.key.version }
            request.vault = run?.vault ?? Vault()
            return request
        } catch {
            logger.warning(
                "could not read the sensitive values of a delivery",
                metadata: ["delivery": "\(delivery.id)", "error": "\(error)"]
            )
            return nil
        }
    }

    /// Hands the outcome on until it is written: it is known here only, and sending again would be a repeat.
    private func record(_ outcome: Outcome, of held: HeldDelivery) async {
        var pause = Self.shortestPause
        while true {
            do {
                return try await sink.attempted(held.claimed, outcome.attempt, outcome.next, outcome.result)
            } catch {
                let metadata: Logger.Metadata = ["delivery": "\(held.delivery.id)", "error": "\(error)"]
                guard !Task.isCancelled else {
                    logger.error("the outcome of a delivery is lost, it will be repeated", metadata: metadata)
                    return abandon(held)
                }
                let level = pause == Self.shortestPause ? Logger.Level.error : .debug
                logger.log(level: level, "could not write down the outcome of a delivery", metadata: metadata)
                try? await Task.sleep(for: pause)
                pause = min(pause * 2, Self.longestPause)
            }
        }
    }

    private func log(_ outcome: Outcome, of delivery: Delivery) {
        let metadata: Logger.Metadata = [
            "delivery": "\(delivery.id)",
            "call": "\(delivery.key.run.text)",
            "flow": "\(delivery.key.flow)",
            "origin": "\(delivery.request.origin)",
            "attempt": .stringConvertible(delivery.nextAttempt),
            "status": .stringConvertible(outcome.attempt.statusCode),
            "error": "\(outcome.attempt.error)",
        ]
        switch outcome.next {
        case .delivered: logger.debug("delivered", metadata: metadata)
        case .retry: logger.debug("an attempt failed", metadata: metadata)
        case .dead: logger.warning("a delivery is dead", metadata: metadata)
        }
    }
}
