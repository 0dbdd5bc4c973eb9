import Dispatch
import FlowStore
import Synchronization

/// The one that writes: a thread with a connection that puts many turns into one commit.
///
/// The connection is made, used and closed on that thread. After an error that may have spoilt it, it is made anew for
/// the next batch, so that the store is back as soon as its disk is.
final class SQLiteWriter: Sendable {
    static let turnsPerCommit = 256
    static let timePerCommit = Duration.milliseconds(5)

    private let inbox = Inbox<Job>()
    /// Whether something was answered that is not committed.
    private let isBehind = Atomic(false)

    /// Opens the file, or says what is wrong with it.
    static func open(_ file: StoreFile) async throws -> SQLiteWriter {
        try await withCheckedThrowingContinuation { opened in
            DispatchQueue(label: "flowd.store.writer").async { serve(file, opened)?.leave() }
        }
    }

    /// Opens, writes until it is told to close, and has closed the file when it returns.
    private static func serve(
        _ file: StoreFile,
        _ opened: CheckedContinuation<SQLiteWriter, any Error>
    ) -> Inbox<Job>? {
        do {
            let connection = try file.connect()
            let writer = SQLiteWriter()
            opened.resume(returning: writer)
            writer.run(connection, file)
            return writer.inbox
        } catch {
            opened.resume(throwing: error)
            return nil
        }
    }

    /// Has `body` done in a transaction that it shares with others, and answers when that is on the disk.
    ///
    /// A ``StoreError`` out of `body` fails it alone; what it wrote before stays. Any other error undoes it, and it may
    /// be called again.
    ///
    /// - Parameter isDeferrable: whether what came of it may be answered at once.
    func write<Value: Sendable>(
        isDeferrable: @escaping @Sendable (Value) -> Bool = { _ in false },
        _ body: @escaping @Sendable (SQLiteConnection) throws -> Value
    ) async throws -> Value {
        try await inbox.ask(isDeferrable: isDeferrable, body)
    }

    /// Waits until everything that was answered can be read on other connections.
    func catchUp() async throws {
        guard isBehind.load(ordering: .acquiring) else { return }
        try await write { _ in }
    }

    func close() async { await inbox.close() }

    // MARK: On the thread

    private func run(_ first: SQLiteConnection, _ file: StoreFile) {
        var connection: SQLiteConnection? = first
        var batch = Batch()
        // Whether the last commit failed: then nothing is answered before the next is done.
        var isFailing = false
        while inbox.wait(into: &batch.jobs, limit: Self.turnsPerCommit) {
            do {
                let open = try connection ?? file.connect()
                connection = open
                try commit(&batch, open, mayPromise: !isFailing)
                isFailing = false
            } catch {
                connection?.rollback()
                if let error = error as? SQLiteError, let open = connection, error.isOfOneTurn {
                    batch.applyOneByOne(open)
                } else {
                    isFailing = true
                    if (error as? SQLiteError)?.leavesConnection != true { connection = nil }
                    // Who came while the others waited for a lock has waited long enough too.
                    while inbox.take(into: &batch.jobs, limit: .max) {}
                    batch.fail(error)
                }
            }
            isBehind.store(false, ordering: .releasing)
            batch.clear()
        }
    }

    private func commit(_ batch: inout Batch, _ connection: SQLiteConnection, mayPromise: Bool) throws {
        try connection.begin()
        let end = ContinuousClock.now + Self.timePerCommit
        repeat {
            try batch.apply(connection, mayPromise: mayPromise) { isBehind.store(true, ordering: .releasing) }
        } while hasMore(for: &batch, until: end)
        try connection.commit()
        isBehind.store(false, ordering: .releasing)
        batch.answer()
    }

    /// Takes what else has come into a commit; one that nobody waits for waits for others to share it.
    private func hasMore(for batch: inout Batch, until end: ContinuousClock.Instant) -> Bool {
        guard batch.jobs.count < Self.turnsPerCommit, ContinuousClock.now < end else { return false }
        return batch.isAwaited
            ? inbox.take(into: &batch.jobs, limit: Self.turnsPerCommit)
            : inbox.take(into: &batch.jobs, limit: Self.turnsPerCommit, until: end)
    }
}
