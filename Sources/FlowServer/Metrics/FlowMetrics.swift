import Synchronization

/// What a process has counted and timed since it began.
package final class FlowMetrics: Sendable {
    /// What became of one attempt to deliver.
    enum AttemptResult: String, CaseIterable {
        case delivered, retry, dead
    }

    struct AnswerKey: Hashable {
        var kind: WebhookKind
        var status: Int
    }

    struct State {
        var answers: [AnswerKey: Int] = [:]
        var answerTimes: [WebhookKind: Histogram] = [:]
        var attempts: [AttemptResult: Int] = [:]
        var deliveryTimes = Histogram.deliveries
        var refusals: [RefusalReason: Int] = [:]
        var reloads = 0
        var failedReloads = 0
    }

    private let state = Mutex(State())
    /// Log lines that nobody will read.
    let droppedLogLines: @Sendable () -> Int

    package init(droppedLogLines: @escaping @Sendable () -> Int = { 0 }) {
        self.droppedLogLines = droppedLogLines
    }

    var snapshot: State { state.withLock { $0 } }

    func answered(_ kind: WebhookKind, status: Int, after duration: Duration) {
        state.withLock { state in
            state.answers[AnswerKey(kind: kind, status: status), default: 0] += 1
            state.answerTimes[kind, default: .answers].record(duration)
        }
    }

    func refused(_ reason: RefusalReason) {
        state.withLock { $0.refusals[reason, default: 0] += 1 }
    }

    /// - Parameter age: of the delivery, since it was ordered.
    func attempted(_ result: AttemptResult, age: Duration) {
        state.withLock { state in
            state.attempts[result, default: 0] += 1
            if result == .delivered { state.deliveryTimes.record(age) }
        }
    }

    func reloaded(_ isTakenUp: Bool) {
        state.withLock { state in
            if isTakenUp { state.reloads += 1 } else { state.failedReloads += 1 }
        }
    }
}
