package import FlowCore

extension Delivery {
    /// Which attempt on the ladder comes next, from 1: those before it was sent again by hand count no more.
    package var nextAttempt: Int { attempts.count - retriedFrom + 1 }
}

extension Delivery.Attempt {
    /// Says what an attempt was and what follows it: the one decision about retries.
    ///
    /// A status from 200 to 299 ends the delivery well. Whatever else came goes up the ladder, or is dead: at the end
    /// of the attempts, and at once for a 410.
    ///
    /// - Parameters:
    ///   - delivery: as it was before the attempt.
    ///   - retryAfter: the answer's `Retry-After`, in seconds.
    ///   - began: when the attempt began.
    ///   - ended: when its answer was there: the wait is counted from then.
    ///   - jitter: -1 for the shortest wait, 1 for the longest, drawn evenly in between.
    package static func settle(
        _ delivery: Delivery,
        _ result: RequestResult,
        retryAfter: Int?,
        ladder: Ladder,
        began: Timestamp,
        ended: Timestamp,
        jitter: Double
    ) -> (attempt: Delivery.Attempt, next: Delivery.Next) {
        let attempt = Delivery.Attempt(at: began, statusCode: result.statusCode, error: words(for: result))
        guard !result.isSuccess else { return (attempt, .delivered) }
        let step = ladder.next(
            afterAttempt: delivery.nextAttempt,
            statusCode: result.statusCode,
            retryAfter: retryAfter,
            maximumAttempts: delivery.maximumAttempts,
            jitter: jitter
        )
        switch step {
        case .again(let wait): return (attempt, .retry(at: Timestamp(milliseconds: ended.milliseconds + wait)))
        case .giveUp: return (attempt, .dead)
        }
    }

    /// Why an answer does not count; empty for a success.
    private static func words(for result: RequestResult) -> String {
        guard !result.isSuccess else { return "" }
        guard result.error.isEmpty else { return result.error }
        switch result.statusCode {
        case 0: return "no answer"
        case 300...399: return "status \(result.statusCode): redirects are not followed"
        case 410: return "status 410: gone for good"
        default: return "status \(result.statusCode)"
        }
    }
}
