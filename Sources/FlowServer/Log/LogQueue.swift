import Dispatch
import Glibc
import Synchronization

/// Lines on their way to a file descriptor, written by a thread of its own: who logs never waits for who reads.
///
/// While nobody reads, lines gather up to a bound. Lines beyond it are dropped and counted, and one line says how many
/// there were as soon as somebody reads again.
package final class LogQueue: Sendable {
    private struct State {
        var lines: [String] = []
        /// The size of `lines` in bytes.
        var size = 0
        /// How many lines were dropped behind `lines`.
        var dropped = 0
        /// Whether the thread is at work.
        var isDraining = false
        /// Signalled when nothing is left to write.
        var waiters: [DispatchSemaphore] = []
    }

    /// 256 KiB: some 700 lines.
    package static let usualCapacity = 256 * 1_024
    /// What a pipe takes in one piece (POSIX, `PIPE_BUF`), so that lines of several processes do not mix.
    private static let piece = 4_096

    private let descriptor: Int32
    private let capacity: Int
    private let thread = DispatchQueue(label: "flowd.log")
    private let state = Mutex(State())
    private let droppedLines = Atomic(0)
    private let report: @Sendable (Int) -> String

    /// - Parameters:
    ///   - descriptor: stays open. It may be shared with other processes: its flags are left alone.
    ///   - capacity: bytes that wait at most.
    ///   - report: the line that says how many lines were dropped.
    package init(
        descriptor: Int32,
        capacity: Int = usualCapacity,
        report: @escaping @Sendable (Int) -> String
    ) {
        self.descriptor = descriptor
        self.capacity = capacity
        self.report = report
    }

    /// Lines that nobody will read: the queue was full, or the reader was gone.
    package var dropped: Int { droppedLines.load(ordering: .relaxed) }

    /// Adds a line, without its line break, or drops it; never waits.
    package func add(_ line: String) {
        let size = line.utf8.count + 1
        let begins = state.withLock { state in
            // Once lines are dropped, so are all behind them until the gap has been reported: lines keep their order.
            if state.dropped > 0 || state.size + size > capacity {
                state.dropped += 1
                droppedLines.add(1, ordering: .relaxed)
            } else {
                state.lines.append(line)
                state.size += size
            }
            defer { state.isDraining = true }
            return !state.isDraining
        }
        if begins { thread.async { self.drain() } }
    }

    /// Waits until all lines are written, `limit` at most.
    ///
    /// - Returns: whether they are.
    @discardableResult
    package func flush(within limit: Duration) -> Bool {
        let waiter: DispatchSemaphore? = state.withLock { state in
            guard state.isDraining else { return nil }
            let waiter = DispatchSemaphore(value: 0)
            state.waiters.append(waiter)
            return waiter
        }
        guard let waiter else { return true }
        return waiter.wait(timeout: .now() + .milliseconds(Int(limit / .milliseconds(1)))) == .success
    }

    // MARK: The thread

    private func drain() {
        while let (lines, dropped) = take() {
            write(lines)
            if dropped > 0 { write([report(dropped)]) }
        }
    }

    /// - Returns: nil where nothing is left.
    private func take() -> (lines: [String], dropped: Int)? {
        state.withLock { state in
            guard !state.lines.isEmpty || state.dropped > 0 else {
                state.isDraining = false
                for waiter in state.waiters { waiter.signal() }
                state.waiters = []
                return nil
            }
            defer { (state.lines, state.size, state.dropped) = ([], 0, 0) }
            return (state.lines, state.dropped)
        }
    }

    /// Writes whole lines, as many at once as fit into a piece.
    private func write(_ lines: [String]) {
        var bytes: [UInt8] = []
        var count = 0
        for line in lines {
            if count > 0, bytes.count + line.utf8.count + 1 > Self.piece {
                write(bytes, lines: count)
                (bytes, count) = ([], 0)
            }
            bytes += line.utf8
            bytes.append(UInt8(ascii: "\n"))
            count += 1
        }
        if count > 0 { write(bytes, lines: count) }
    }

    private func write(_ bytes: [UInt8], lines: Int) {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                written += count
            } else if count < 0, errno == EAGAIN {
                // Another process that has the same file made it so.
                var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                Glibc.poll(&poll, 1, -1)
            } else if count == 0 || errno != EINTR {
                // The reader is gone: there is nobody left to tell.
                droppedLines.add(lines, ordering: .relaxed)
                return
            }
        }
    }
}
