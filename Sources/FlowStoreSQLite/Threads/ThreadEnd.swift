import Dispatch
import Synchronization

/// The end of a thread, for those who wait for it.
final class ThreadEnd: Sendable {
    private struct State {
        var isReached = false
        var waiting: [@Sendable (_ isReached: Bool) -> Void] = []
    }

    private let state = Mutex(State())

    /// Says that the thread has ended.
    func reach() {
        let waiting = state.withLock { state in
            state.isReached = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for answer in waiting { answer(true) }
    }

    /// Waits for the end, but not for ever: the thread may hang in the disk.
    ///
    /// - Returns: whether the thread has ended.
    func wait(within limit: Duration) async -> Bool {
        await withCheckedContinuation { continuation in
            let once = Once()
            let answer: @Sendable (Bool) -> Void = { isReached in
                if once.isFirst() { continuation.resume(returning: isReached) }
            }
            let isReached = state.withLock { state in
                if !state.isReached { state.waiting.append(answer) }
                return state.isReached
            }
            guard !isReached else { return answer(true) }
            let end = DispatchTime.now() + .nanoseconds(Int(limit / .nanoseconds(1)))
            DispatchQueue.global().asyncAfter(deadline: end) { answer(false) }
        }
    }
}

/// Tells the first of several callers from the others.
private final class Once: Sendable {
    private let isUsed = Atomic(false)

    func isFirst() -> Bool { !isUsed.exchange(true, ordering: .acquiringAndReleasing) }
}
