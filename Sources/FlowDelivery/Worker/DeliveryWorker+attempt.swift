import FlowCore
import FlowHost
import FlowStore
import Logging

extension DeliveryWorker {
    /// How old a claim may be to be sent without asking whether it still stands.
    private static let trustedFor = Duration.seconds(1)
    private static let shortestPause = Duration.milliseconds(100)
    private static let longestPause = Duration.seconds(5)

    /// One attempt: asks whether the claim stands, sends, and writes down what came of it.
    func deliver(_ held: HeldDelivery) async {
        guard await stands(held), let outcome = await attempt(held) else {
            finish(held, isAnswered: nil)
            return
        }
        // The request is over, so its origin may have the next; the outcome may take longer to be written.
        finish(held, isAnswered: outcome.result.statusCode != 0)
        await record(outcome, of: held)
        finishRecording()
    }

    /// Whether this process still is the one to send: a peer may have taken over while this one stood still.
    private func stands(_ held: HeldDelivery) async -> Bool {
        if held.since.duration(to: .now) < Self.trustedFor, lastBeat.isFresh() { return true }
        var pause = Self.shortestPause
        while true {
            do {
                guard try await store.holds(held.claimed.claim) else {
                    logger.notice("a delivery was taken over", metadata: ["delivery": "\(held.delivery.id)"])
                    return false
                }
                guard isStopping || Task.isCancelled else { return true }
                abandon(held)
                return false
            } catch {
                guard !isStopping, !Task.isCancelled else {
                    abandon(held)
                    return false
                }
                let level = pause == Self.shortestPause ? Logger.Level.error : .debug
                logger.log(level: level, "could not check a claim", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: pause)
                pause = min(pause * 2, Self.longestPause)
            }
        }
    }

    private struct Outcome {
        var attempt: Delivery.Attempt
        var next: Delivery.Next
        var result: RequestResult
    }

    /// Sends; nil where it was cut short by the end of this process, so that nobody knows what became of it.
    private func attempt(_ held: HeldDelivery) async -> Outcome? {
        let delivery = held.delivery
        let number = delivery.attempts.count - delivery.retriedFrom + 1
        let began = now()
        let reply = await courier.send(delivery.request, id: delivery.id, limit: .seconds(delivery.request.timeout))
        if Task.isCancelled, reply.result.statusCode == 0 {
            abandon(held)
            return nil
        }
        let outcome = Outcome(
            attempt: Delivery.Attempt(
                at: began,
                statusCode: reply.result.statusCode,
                error: Self.words(for: reply.result)
            ),
            next: next(after: number, of: delivery, reply),
            result: reply.result
        )
        log(outcome, number: number, of: delivery)
        return outcome
    }

    private func next(after number: Int, of delivery: Delivery, _ reply: CourierReply) -> Delivery.Next {
        if reply.result.isSuccess { return .delivered }
        let step = ladder.next(
            afterAttempt: number,
            statusCode: reply.result.statusCode,
            retryAfter: reply.retryAfter,
            maximumAttempts: delivery.maximumAttempts,
            jitter: jitter()
        )
        switch step {
        case .again(let milliseconds): return .retry(at: Timestamp(milliseconds: now().milliseconds + milliseconds))
        case .giveUp: return .dead
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

    /// Why an answer does not count; empty for a success.
    private static func words(for result: RequestResult) -> String {
        switch result.statusCode {
        case 0: result.error
        case 200...299: ""
        case 300...399: "status \(result.statusCode): redirects are not followed"
        case 410: "status 410: gone for good"
        default: "status \(result.statusCode)"
        }
    }

    private func log(_ outcome: Outcome, number: Int, of delivery: Delivery) {
        let metadata: Logger.Metadata = [
            "delivery": "\(delivery.id)",
            "call": "\(delivery.key.run.text)",
            "flow": "\(delivery.key.flow)",
            "origin": "\(delivery.request.origin)",
            "attempt": .stringConvertible(number),
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
