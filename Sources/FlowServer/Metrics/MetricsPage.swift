import FlowCore
import FlowHost
import FlowStore

/// What `/metrics` shows.
struct MetricsPage {
    let host: Host
    let store: any Store
    let metrics: FlowMetrics
    let version: String
    let now: @Sendable () -> Timestamp

    func text() async -> String {
        var page = PrometheusText()
        let counts = metrics.snapshot
        page.gauge("flowd_build_info", "The version that runs.", [([("version", version)], 1)])
        page.gauge("flowd_flows", "Live flows.", Double(host.flows.flows.count))
        write(answers: counts, to: &page)
        write(deliveries: counts, to: &page)
        await writeBacklog(to: &page)
        page.counter(
            "flowd_reloads_total",
            "Changed flow files, by whether they were taken up.",
            [([("result", "taken_up")], counts.reloads), ([("result", "refused")], counts.failedReloads)]
        )
        page.counter(
            "flowd_log_lines_dropped_total",
            "Log lines that were dropped because nobody read them.",
            metrics.droppedLogLines()
        )
        return page.text
    }

    private func write(answers counts: FlowMetrics.State, to page: inout PrometheusText) {
        let answers = counts.answers.sorted {
            ($0.key.kind.rawValue, $0.key.status) < ($1.key.kind.rawValue, $1.key.status)
        }
        page.counter(
            "flowd_answers_total",
            "Webhooks answered, by kind and status.",
            answers.map { ([("kind", $0.key.kind.rawValue), ("status", "\($0.key.status)")], $0.value) }
        )
        page.histogram(
            "flowd_answer_duration_seconds",
            "From the end of a webhook to its answer.",
            WebhookKind.allCases.compactMap { kind in counts.answerTimes[kind].map { ([("kind", kind.rawValue)], $0) } }
        )
        page.counter(
            "flowd_refused_total",
            "Requests on the webhook port that were refused, by reason.",
            RefusalReason.allCases.map { ([("reason", $0.rawValue)], counts.refusals[$0] ?? 0) }
        )
        let host = host.counters
        page.counter("flowd_duplicates_total", "Webhooks that had been answered before.", host.duplicates)
        page.counter("flowd_failed_runs_total", "Runs that ended with on_error.", host.failedRuns)
        page.counter(
            "flowd_store_failures_total",
            "Webhooks for which the store could not be written.",
            host.storeFailures
        )
        page.counter("flowd_side_runs_total", "Side runs that events began.", host.sideRuns)
        page.counter(
            "flowd_side_run_limits_total",
            "Runs whose events begin no more side runs, because they have begun too many.",
            host.sideRunLimits
        )
        page.counter(
            "flowd_parked_calls_total",
            "Calls that were set aside because flowd died of them too often.",
            host.parkedCalls
        )
    }

    private func write(deliveries counts: FlowMetrics.State, to page: inout PrometheusText) {
        page.counter(
            "flowd_delivery_attempts_total",
            "Attempts to deliver, by result.",
            FlowMetrics.AttemptResult.allCases.map { ([("result", $0.rawValue)], counts.attempts[$0] ?? 0) }
        )
        page.histogram(
            "flowd_delivery_duration_seconds",
            "From the order of a delivery to the app server's 2xx.",
            [([], counts.deliveryTimes)]
        )
    }

    /// Left out while the store cannot say, for 0 would be a lie.
    private func writeBacklog(to page: inout PrometheusText) async {
        let backlog = try? await store.backlog()
        page.gauge("flowd_store_up", "Whether the store could say what is pending.", backlog == nil ? 0 : 1)
        guard let backlog else { return }
        page.gauge(
            "flowd_deliveries",
            "Deliveries that have not reached their app server.",
            [([("state", "pending")], Double(backlog.pending)), ([("state", "dead")], Double(backlog.dead))]
        )
        page.gauge(
            "flowd_oldest_overdue_delivery_seconds",
            "For how long the most overdue delivery has been due; 0 where none is.",
            seconds(since: backlog.oldestDue)
        )
        page.gauge(
            "flowd_oldest_undelivered_seconds",
            "Age of the oldest report that is not delivered, waiting for its next attempt or not; 0 where there is none.",
            seconds(since: backlog.oldestCreated)
        )
    }

    private func seconds(since moment: Timestamp?) -> Double {
        moment.map { Double(max(0, now().milliseconds - $0.milliseconds)) / 1_000 } ?? 0
    }
}
