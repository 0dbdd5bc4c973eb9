import FlowStore

/// The jobs of one commit, and how far they are.
struct Batch {
    private enum Progress {
        /// Answered when the commit is done.
        case applied(Job.Answer)
        /// Answered already, committed soon.
        case promised
        case failed
    }

    var jobs: [Job] = []
    /// Of the first jobs, those that were applied.
    private var progress: [Progress] = []
    /// Whether somebody waits for the commit.
    private(set) var isAwaited = false

    init() {
        jobs.reserveCapacity(SQLiteWriter.turnsPerCommit)
        progress.reserveCapacity(SQLiteWriter.turnsPerCommit)
    }

    /// Applies what has not been applied; answers at once what failed and what may be, after calling `promising`.
    ///
    /// - Parameter mayPromise: false while commits fail: what is promised then is not kept.
    mutating func apply(_ connection: SQLiteConnection, mayPromise: Bool, promising: () -> Void) throws {
        while progress.count < jobs.count {
            let job = jobs[progress.count]
            do {
                let answer = try job.apply(connection)
                let isPromised = answer.isDeferred && mayPromise
                if isPromised {
                    promising()
                    answer.send()
                }
                progress.append(isPromised ? .promised : .applied(answer))
                if !isPromised { isAwaited = true }
            } catch let error as StoreError {
                progress.append(.failed)
                promising()
                job.fail(error)
            }
        }
    }

    /// Sends the answers that had to wait.
    func answer() {
        for case .applied(let answer) in progress { answer.send() }
    }

    /// Fails all that have no answer.
    func fail(_ error: any Error) {
        for (index, job) in jobs.enumerated() where !isSettled(index) { job.fail(error) }
    }

    /// Gives each job a transaction of its own, so that only the one at fault fails.
    func applyOneByOne(_ connection: SQLiteConnection) {
        for (index, job) in jobs.enumerated() {
            if index < progress.count, case .failed = progress[index] { continue }
            do {
                try connection.begin()
                let answer = try job.apply(connection)
                try connection.commit()
                if !isSettled(index) { answer.send() }
            } catch {
                if error is StoreError { try? connection.commit() }
                connection.rollback()
                if !isSettled(index) { job.fail(error) }
            }
        }
    }

    mutating func clear() {
        jobs.removeAll(keepingCapacity: true)
        progress.removeAll(keepingCapacity: true)
        isAwaited = false
    }

    private func isSettled(_ index: Int) -> Bool {
        guard index < progress.count else { return false }
        if case .applied = progress[index] { return false }
        return true
    }
}
