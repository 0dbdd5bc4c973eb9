import Dispatch
import Synchronization

/// Gives up jobs whose time is up, on a thread of its own: the thread that should do them may hang in the disk.
///
/// It costs a job one entry in a list. The thread sleeps until the first of them is due, so that it wakes about once a
/// second under load, and not at all without.
///
/// Jobs that were done leave the list long before they are due: what a job holds is kept no longer than it is needed,
/// and the next jobs find that memory in the processor's cache.
final class Deadlines: Sendable {
    private struct State {
        var jobs: [Job] = []
        /// The length of the list at which the jobs that were done are taken out.
        var crowd = State.smallCrowd
        static let smallCrowd = 64

        mutating func add(_ job: Job) {
            if jobs.count >= crowd {
                jobs.removeAll { !$0.isWaiting }
                crowd = max(Self.smallCrowd, 2 * jobs.count)
            }
            jobs.append(job)
        }

        /// When the thread wakes by itself; nil while it sleeps until a job comes.
        var wakesAt: ContinuousClock.Instant?
        var isClosed = false
    }

    private let state = Mutex(State())
    private let bell = DispatchSemaphore(value: 0)

    /// - Parameter error: what a task is told whose time is up.
    init(label: String, error: any Error) {
        let thread = DispatchQueue(label: label)
        thread.async { self.run(error) }
    }

    func add(_ job: Job) {
        guard let deadline = job.deadline else { return }
        let wakes = state.withLock { state in
            state.add(job)
            guard state.wakesAt.map({ deadline < $0 }) ?? true else { return false }
            state.wakesAt = deadline
            return true
        }
        if wakes { bell.signal() }
    }

    /// Ends the thread; jobs that still wait are left to whoever does them.
    func close() {
        state.withLock { $0.isClosed = true }
        bell.signal()
    }

    private func run(_ error: any Error) {
        while true {
            let (next, overdue, isClosed) = state.withLock { state in
                let now = ContinuousClock.now
                var overdue: [Job] = []
                state.jobs.removeAll { job in
                    guard job.isWaiting else { return true }
                    guard let deadline = job.deadline, deadline <= now else { return false }
                    overdue.append(job)
                    return true
                }
                state.wakesAt = state.jobs.compactMap(\.deadline).min()
                return (state.wakesAt, overdue, state.isClosed)
            }
            for job in overdue { job.fail(error) }
            if isClosed { return }
            if let next {
                let left = max(.zero, ContinuousClock.now.duration(to: next))
                _ = bell.wait(timeout: .now() + .nanoseconds(Int(left / .nanoseconds(1))))
            } else {
                bell.wait()
            }
        }
    }
}
