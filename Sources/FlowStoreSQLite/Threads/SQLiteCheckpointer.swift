import Dispatch
import FlowStore
import Synchronization

/// Copies the log into the file, on a thread and a connection of its own, so that commits need not.
///
/// It copies in small steps, beside the writer (SQLite's `PASSIVE` checkpoint). The log begins anew with the first commit
/// that finds all of it copied. The connection also keeps SQLite from removing the log while the writer makes another
/// connection.
///
/// Where sensitive texts were wiped, the log still has the pages that held them: it is emptied some seconds later.
final class SQLiteCheckpointer: Sendable {
    private let limits: LogLimits
    private let bell = DispatchSemaphore(value: 0)
    private let isAsked = Atomic(false)
    private let isClosed = Atomic(false)
    private let isWiped = Atomic(false)
    /// Frames at the beginning of the log that have been copied.
    private let copied = Atomic(0)
    private let end = ThreadEnd()
    /// Rung at the end only, while the thread rests.
    private let rest = DispatchSemaphore(value: 0)
    private let onLargeLog: @Sendable (_ bytes: Int) -> Void

    private init(_ limits: LogLimits, _ onLargeLog: @escaping @Sendable (_ bytes: Int) -> Void) {
        self.limits = limits
        self.onLargeLog = onLargeLog
    }

    /// Opens a connection, or says what is wrong with the file.
    ///
    /// - Parameter onLargeLog: called when the log has grown to ``LogLimits/alarmBytes``, and with every doubling.
    static func open(
        _ file: StoreFile,
        onLargeLog: @escaping @Sendable (_ bytes: Int) -> Void
    ) async throws -> SQLiteCheckpointer {
        try await withCheckedThrowingContinuation { opened in
            DispatchQueue(label: "flowd.store.checkpoint").async {
                let checkpointer = SQLiteCheckpointer(file.limits, onLargeLog)
                do {
                    let connection = try file.connect()
                    opened.resume(returning: checkpointer)
                    checkpointer.run(connection, log: file.path + "-wal")
                } catch {
                    opened.resume(throwing: error)
                }
                checkpointer.end.reach()
            }
        }
    }

    /// Notes how long the log is after a commit, and wakes the thread where there is enough to copy.
    func note(frames: Int) {
        guard behind(frames) >= limits.step, !isAsked.exchange(true, ordering: .acquiringAndReleasing) else { return }
        bell.signal()
    }

    /// Notes that sensitive texts were wiped, which the log still has.
    func noteWiped() {
        guard !isWiped.exchange(true, ordering: .acquiringAndReleasing) else { return }
        bell.signal()
    }

    /// Notes what a checkpoint found, whoever made it.
    func note(_ log: LogState) { copied.store(log.copied, ordering: .releasing) }

    /// Whether the log is large and so little of it is left to copy that the writer may do it between two commits.
    func wantsRest(frames: Int) -> Bool {
        guard frames >= limits.restart, !isAsked.load(ordering: .acquiring) else { return false }
        return (1..<limits.step).contains(behind(frames))
    }

    /// - Returns: whether the connection is closed.
    func close(within limit: Duration) async -> Bool {
        isClosed.store(true, ordering: .releasing)
        bell.signal()
        rest.signal()
        return await end.wait(within: limit)
    }

    /// Frames that are not copied; a log that is shorter than what was copied has begun anew.
    private func behind(_ frames: Int) -> Int {
        let copied = copied.load(ordering: .acquiring)
        return frames >= copied ? frames - copied : frames
    }

    // MARK: On the thread

    private func run(_ connection: SQLiteConnection, log: String) {
        var alarm = limits.alarmBytes
        // Whoever had the store before may have died in between.
        var emptying = StoreFile.size(log) > 0 ? DispatchTime.now() + limits.emptyAfter : nil
        while true {
            if let emptying { _ = bell.wait(timeout: emptying) } else { bell.wait() }
            if isClosed.load(ordering: .acquiring) { return }
            emptying = empty(connection, at: emptying)
            guard isAsked.load(ordering: .acquiring) else { continue }
            let before = copied.load(ordering: .acquiring)
            if let log = try? connection.checkpoint() { note(log) }
            // A reader may keep the log from being copied: then every commit would ask again.
            if copied.load(ordering: .acquiring) == before { _ = rest.wait(timeout: .now() + .milliseconds(100)) }
            isAsked.store(false, ordering: .releasing)
            let bytes = StoreFile.size(log)
            if bytes >= alarm {
                onLargeLog(bytes)
                while alarm <= bytes { alarm *= 2 }
            } else if bytes < limits.alarmBytes {
                alarm = limits.alarmBytes
            }
        }
    }

    /// Empties the log where it is time to.
    ///
    /// - Returns: when it is to be tried next; nil where nothing that was wiped is left in the log.
    private func empty(_ connection: SQLiteConnection, at due: DispatchTime?) -> DispatchTime? {
        guard let due else {
            return isWiped.load(ordering: .acquiring) ? .now() + limits.emptyAfter : nil
        }
        guard .now() >= due else { return due }
        // What is wiped from now on is another matter.
        let wasWiped = isWiped.exchange(false, ordering: .acquiringAndReleasing)
        do {
            note(try connection.emptyLog())
            return isWiped.load(ordering: .acquiring) ? .now() + limits.emptyAfter : nil
        } catch {
            // Somebody reads or writes.
            if wasWiped { isWiped.store(true, ordering: .releasing) }
            return .now() + min(1, limits.emptyAfter)
        }
    }
}
