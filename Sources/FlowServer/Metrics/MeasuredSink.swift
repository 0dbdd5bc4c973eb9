package import FlowCore
package import FlowHost
package import FlowStore

/// Counts what became of attempts on their way to whoever writes them down.
package struct MeasuredSink: DeliverySink {
    private let sink: any DeliverySink
    private let metrics: FlowMetrics
    private let now: @Sendable () -> Timestamp

    package init(_ sink: any DeliverySink, metrics: FlowMetrics, now: @escaping @Sendable () -> Timestamp) {
        self.sink = sink
        self.metrics = metrics
        self.now = now
    }

    package func attempted(
        _ claimed: ClaimedDelivery,
        _ attempt: Delivery.Attempt,
        _ next: Delivery.Next,
        _ result: RequestResult
    ) async throws {
        let at = now()
        try await sink.attempted(claimed, attempt, next, result)
        let outcome: FlowMetrics.AttemptResult =
            switch next {
            case .delivered: .delivered
            case .retry: .retry
            case .dead: .dead
            }
        let age = max(0, at.milliseconds - claimed.delivery.createdAt.milliseconds)
        metrics.attempted(outcome, age: .milliseconds(age))
    }
}
