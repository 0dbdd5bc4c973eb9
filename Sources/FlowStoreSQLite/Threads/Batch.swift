import FlowStore

/// The jobs of one commit, and how far they are.
struct Batch {
    var jobs: [Job]
    /// What came of the first jobs; nil for a job that failed, and for one that was answered before the commit.
    private var answers: [Job.Answer?] = []
    /// Whether somebody waits for the commit.
    private(set) var isAwaited = false

    init(_ jobs: [Job] = []) {
        self.jobs = jobs
    }

    /// Applies the jobs that have not been applied, and then answers those for which that is possible at once.
    ///
    /// - Parameters:
    ///   - mayPromise: whether a deferrable job is answered before the commit; not while commits fail, as the promise
    ///     would not be kept.
    ///   - promising: called before a task is told something that is not committed.
    mutating func apply(_ connection: SQLiteConnection, mayPromise: Bool, promising: () -> Void) throws {
        var promised: [Job.Answer] = []
        while answers.count < jobs.count {
            let job = jobs[answers.count]
            guard !job.isGivenUp else {
                answers.append(nil)
                continue
            }
            do {
                let answer = try job.apply(connection)
                let isPromised = answer.isDeferred && mayPromise
                if isPromised {
                    promised.append(answer)
                } else {
                    isAwaited = true
                }
                answers.append(isPromised ? nil : answer)
            } catch let error as StoreError {
                answers.append(nil)
                promising()
                job.fail(error)
            }
        }
        guard !promised.isEmpty else { return }
        promising()
        // All at once, so that whoever waits for them is woken once.
        for answer in promised { _ = answer.send() }
    }

    /// Sends the answers that had to wait for the commit.
    ///
    /// - Returns: claims of jobs that were given up before.
    func answer() -> [Claim] { answers.flatMap { $0?.send() ?? [] } }

    /// Fails all jobs that have no answer.
    func fail(_ error: any Error) {
        for job in jobs { job.fail(error) }
    }

    mutating func clear() {
        jobs.removeAll(keepingCapacity: true)
        answers.removeAll(keepingCapacity: true)
        isAwaited = false
    }
}
