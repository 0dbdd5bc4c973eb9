import Synchronization

/// What the host has counted since the process began.
package final class HostCounters: Sendable {
    private let duplicateCount = Atomic(0)
    private let failedRunCount = Atomic(0)
    private let storeFailureCount = Atomic(0)
    private let parkedCallCount = Atomic(0)
    private let sideRunCount = Atomic(0)
    private let sideRunLimitCount = Atomic(0)

    /// Webhooks that were answered before.
    package var duplicates: Int { duplicateCount.load(ordering: .relaxed) }
    /// Runs that ended with `on_error`.
    package var failedRuns: Int { failedRunCount.load(ordering: .relaxed) }
    /// Webhooks for which the store could not be written.
    package var storeFailures: Int { storeFailureCount.load(ordering: .relaxed) }
    /// Calls that were set aside because flowd died of them, and that were heard of again.
    package var parkedCalls: Int { parkedCallCount.load(ordering: .relaxed) }
    /// Side runs that events began.
    package var sideRuns: Int { sideRunCount.load(ordering: .relaxed) }
    /// Runs whose events begin no more side runs.
    package var sideRunLimits: Int { sideRunLimitCount.load(ordering: .relaxed) }

    func countSideRuns(_ count: Int) { sideRunCount.add(count, ordering: .relaxed) }
    func countSideRunLimit() { sideRunLimitCount.add(1, ordering: .relaxed) }
    func countDuplicate() { duplicateCount.add(1, ordering: .relaxed) }
    func countFailedRun() { failedRunCount.add(1, ordering: .relaxed) }
    func countStoreFailure() { storeFailureCount.add(1, ordering: .relaxed) }
    func countParkedCall() { parkedCallCount.add(1, ordering: .relaxed) }
}
