import FlowStore
import Synchronization

/// What a ``SQLiteWriter`` does on its thread: it puts the jobs that come into commits.
///
/// While commits fail, each job has a commit of its own, so that one that changes nothing is answered all the same: the
/// answer to a webhook that comes again is on the disk already.
struct WritingThread {
    static let turnsPerCommit = 256
    private static let timePerCommit = Duration.milliseconds(5)
    /// Bytes that have to fit into a commit that ends an outage, so that a turn fits too.
    private static let probeBytes = 64 * 1_024

    private let inbox: Inbox<Job>
    private let file: StoreFile
    private let files: OpenFiles
    private let progress: WriterProgress
    private let checkpointer: SQLiteCheckpointer
    /// Made anew after an error that may have spoilt it, so that the store is back as soon as its disk is.
    private var connection: SQLiteConnection?
    /// Whether a commit has failed, and none since has written a page.
    ///
    /// A commit that writes none never touches the disk, and shows nothing.
    private var isFailing = false
    /// Claims of turns that were committed after their tasks had been given up.
    private var unclaimed: [Claim] = []
    private var lastCheckpoint = ContinuousClock.now

    init(
        _ connection: SQLiteConnection,
        inbox: Inbox<Job>,
        file: StoreFile,
        files: OpenFiles,
        progress: WriterProgress,
        checkpointer: SQLiteCheckpointer
    ) {
        self.connection = connection
        self.inbox = inbox
        self.file = file
        self.files = files
        self.progress = progress
        self.checkpointer = checkpointer
    }

    /// Writes until the inbox is closed and empty.
    mutating func run() {
        var batch = Batch()
        batch.jobs.reserveCapacity(Self.turnsPerCommit)
        while inbox.wait(into: &batch.jobs, limit: isFailing ? 1 : Self.turnsPerCommit) {
            write(&batch, mayGrow: !isFailing)
            progress.isBehind.store(false, ordering: .releasing)
            batch.clear()
            giveBackUnclaimed()
            checkpointRest()
        }
    }

    private mutating func write(_ batch: inout Batch, mayGrow: Bool) {
        do {
            try commit(&batch, mayGrow: mayGrow)
        } catch let error as SQLiteError where error.isOfOneTurn {
            connection?.rollback()
            guard batch.jobs.count > 1 else { return batch.fail(error) }
            // Each has a commit of its own, so that only the one at fault fails.
            for job in batch.jobs where !job.isGivenUp {
                var single = Batch([job])
                write(&single, mayGrow: false)
            }
        } catch {
            connection?.rollback()
            isFailing = true
            let failure = error as? SQLiteError
            if failure?.leavesConnection != true { connection = nil }
            // Who came while the others waited for a lock has waited long enough too.
            if failure?.isBusy == true { while inbox.take(into: &batch.jobs, limit: .max) {} }
            batch.fail(error)
        }
    }

    private mutating func commit(_ batch: inout Batch, mayGrow: Bool) throws {
        // What is committed to files that others have taken away is lost with this process: nothing is promised then.
        try files.look()
        let connection = try open()
        try connection.begin()
        let end = ContinuousClock.now + Self.timePerCommit
        repeat {
            try batch.apply(connection, mayPromise: !isFailing) { progress.isBehind.store(true, ordering: .releasing) }
        } while mayGrow && hasMore(for: &batch, until: end)
        if isFailing, connection.hasChanged { try connection.countCheck(bytes: Self.probeBytes) }
        try files.look()
        if try connection.commit() {
            isFailing = false
            progress.commits.add(1, ordering: .releasing)
            checkpointer.note(frames: connection.logFrames)
            if connection.takeWiped() { checkpointer.noteWiped() }
        }
        progress.isBehind.store(false, ordering: .releasing)
        unclaimed += batch.answer()
    }

    private mutating func open() throws -> SQLiteConnection {
        if let connection { return connection }
        let made = try file.connect()
        connection = made
        return made
    }

    /// Takes what else has come into a commit; one that nobody waits for waits for others to share it.
    private func hasMore(for batch: inout Batch, until end: ContinuousClock.Instant) -> Bool {
        guard batch.jobs.count < Self.turnsPerCommit, ContinuousClock.now < end else { return false }
        return batch.isAwaited
            ? inbox.take(into: &batch.jobs, limit: Self.turnsPerCommit)
            : inbox.take(into: &batch.jobs, limit: Self.turnsPerCommit, until: end)
    }

    /// Frees deliveries that this process holds without knowing of them.
    private mutating func giveBackUnclaimed() {
        guard !unclaimed.isEmpty, !isFailing, let connection else { return }
        do {
            try connection.begin()
            try connection.release(unclaimed)
            _ = try connection.commit()
            unclaimed = []
        } catch {
            // Tried again behind the next commit; the claims fall with this process in any case.
            connection.rollback()
        }
    }

    /// Copies the last part of a large log where the checkpointer cannot catch up with the commits, so that the log can
    /// begin anew.
    private mutating func checkpointRest() {
        guard let connection, !isFailing, checkpointer.wantsRest(frames: connection.logFrames) else { return }
        guard lastCheckpoint.duration(to: .now) > .milliseconds(100) else { return }
        lastCheckpoint = .now
        if let log = try? connection.checkpoint() { checkpointer.note(log) }
    }
}

/// What others may know of a ``SQLiteWriter``'s thread.
final class WriterProgress: Sendable {
    /// Whether something was answered that is not committed.
    let isBehind = Atomic(false)
    /// Commits that wrote pages.
    let commits = Atomic(0)
}
