import Dispatch
import FlowStore
import Synchronization

/// The one that writes: a thread with a connection that puts many turns into one commit.
///
/// The connection is made, used and closed on that thread.
final class SQLiteWriter: Sendable {
    private let inbox = Inbox<Job>()
    private let progress = WriterProgress()
    private let deadlines: Deadlines

    /// Begins to write over `connection`, which nobody else uses from now on.
    private init(deadlines: Deadlines) {
        self.deadlines = deadlines
    }

    /// Opens the file, or says what is wrong with it.
    static func open(
        _ file: StoreFile,
        files: OpenFiles,
        deadlines: Deadlines,
        checkpointer: SQLiteCheckpointer
    ) async throws -> SQLiteWriter {
        try await withCheckedThrowingContinuation { opened in
            DispatchQueue(label: "flowd.store.writer").async {
                let writer = SQLiteWriter(deadlines: deadlines)
                do {
                    var thread = WritingThread(
                        try file.connect(),
                        inbox: writer.inbox,
                        file: file,
                        files: files,
                        progress: writer.progress,
                        checkpointer: checkpointer
                    )
                    opened.resume(returning: writer)
                    thread.run()
                } catch {
                    opened.resume(throwing: error)
                }
                writer.inbox.leave()
            }
        }
    }

    /// Commits that wrote pages.
    var commits: Int { progress.commits.load(ordering: .acquiring) }

    /// Has `body` done in a transaction that it shares with others, and answers when that is on the disk.
    ///
    /// A ``StoreError`` out of `body` fails it alone; what it wrote before stays. Any other error undoes it, and it may
    /// be called again.
    ///
    /// - Parameters:
    ///   - isDeferrable: whether what came of it may be answered at once.
    ///   - claims: what its answer gives to the caller, to be given back where the caller was given up.
    func write<Value: Sendable>(
        until deadline: ContinuousClock.Instant,
        isDeferrable: @escaping @Sendable (Value) -> Bool = { _ in false },
        claims: @escaping @Sendable (Value) -> [Claim] = { _ in [] },
        _ body: @escaping @Sendable (SQLiteConnection) throws -> Value
    ) async throws -> Value {
        try await inbox.ask(until: deadline, deadlines, isDeferrable: isDeferrable, claims: claims, body)
    }

    /// Waits until everything that was answered can be read on other connections.
    func catchUp(until deadline: ContinuousClock.Instant) async throws {
        guard progress.isBehind.load(ordering: .acquiring) else { return }
        try await write(until: deadline) { _ in }
    }

    /// - Returns: whether everything is written and the connection closed.
    func close(within limit: Duration) async -> Bool { await inbox.close(within: limit) }
}

extension Inbox<Job> {
    /// Has `body` done by the thread behind this inbox, and waits for its answer until `deadline`.
    func ask<Value: Sendable>(
        until deadline: ContinuousClock.Instant?,
        _ deadlines: Deadlines,
        isDeferrable: @escaping @Sendable (Value) -> Bool = { _ in false },
        claims: @escaping @Sendable (Value) -> [Claim] = { _ in [] },
        _ body: @escaping @Sendable (SQLiteConnection) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let job = Job(until: deadline, continuation, isDeferrable: isDeferrable, claims: claims, body)
            guard push(job) else { return job.fail(Closed()) }
            deadlines.add(job)
        }
    }
}
