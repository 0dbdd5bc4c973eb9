import Dispatch
import Glibc
import Synchronization

/// What tasks hand to a thread: they never wait, and it sleeps while there is nothing.
final class Inbox<Element: Sendable>: Sendable {
    struct Closed: Error {}

    private struct State {
        var elements: [Element] = []
        var isAsleep = false
        var isClosed = false

        /// Whether the thread has to be woken; once a sleep.
        mutating func wakes() -> Bool {
            defer { isAsleep = false }
            return isAsleep
        }
    }

    /// Microseconds between two looks at an inbox to which others are pushing.
    private static var pause: UInt32 { 1_000 }

    private let state = Mutex(State())
    private let bell = DispatchSemaphore(value: 0)
    private let end = ThreadEnd()

    /// - Returns: false after ``close()``: nothing was taken in then.
    func push(_ element: Element) -> Bool {
        let (taken, wakes) = state.withLock { state in
            guard !state.isClosed else { return (false, false) }
            state.elements.append(element)
            return (true, state.wakes())
        }
        if wakes { bell.signal() }
        return taken
    }

    /// Takes nothing in any more, and waits until the thread has done what came before.
    ///
    /// - Returns: whether the thread has ended within `limit`.
    func close(within limit: Duration) async -> Bool {
        let wakes = state.withLock { state in
            state.isClosed = true
            return state.wakes()
        }
        if wakes { bell.signal() }
        return await end.wait(within: limit)
    }

    // MARK: On the thread

    /// Adds what has come, as far as there is room for `limit`.
    ///
    /// - Returns: whether anything was added.
    func take(into batch: inout [Element], limit: Int) -> Bool {
        state.withLock { Self.move(&$0, into: &batch, limit: limit) }
    }

    /// The same, after pauses that end with `end`, or as something has come.
    ///
    /// Nobody rings: whoever pushes goes on, and the next of them too, so that many elements come at once.
    func take(into batch: inout [Element], limit: Int, until end: ContinuousClock.Instant) -> Bool {
        while true {
            let (taken, isClosed) = state.withLock { state in
                (Self.move(&state, into: &batch, limit: limit), state.isClosed)
            }
            if taken || isClosed || ContinuousClock.now >= end { return taken }
            usleep(Self.pause)
        }
    }

    /// Sleeps until something comes.
    ///
    /// - Returns: false once the inbox is closed and empty.
    func wait(into batch: inout [Element], limit: Int) -> Bool {
        while true {
            let (taken, isClosed) = state.withLock { state in
                if Self.move(&state, into: &batch, limit: limit) { return (true, false) }
                state.isAsleep = !state.isClosed
                return (false, state.isClosed)
            }
            if taken || isClosed { return taken }
            bell.wait()
        }
    }

    /// Says that the thread has ended.
    func leave() { end.reach() }

    private static func move(_ state: inout State, into batch: inout [Element], limit: Int) -> Bool {
        let room = min(limit - batch.count, state.elements.count)
        guard room > 0 else { return false }
        if batch.isEmpty, room == state.elements.count {
            swap(&batch, &state.elements)
        } else {
            batch += state.elements[..<room]
            state.elements.removeFirst(room)
        }
        return true
    }
}
