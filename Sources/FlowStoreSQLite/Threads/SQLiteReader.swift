import Dispatch
import FlowStore

/// A thread with a connection that reads, so that nobody who reads keeps the writer waiting.
final class SQLiteReader: Sendable {
    private let inbox = Inbox<Job>()
    private let deadlines: Deadlines
    /// Whether reading may take as long as it takes.
    let isPatient: Bool

    init(_ file: StoreFile, label: String, deadlines: Deadlines, isPatient: Bool) {
        self.deadlines = deadlines
        self.isPatient = isPatient
        let inbox = inbox
        DispatchQueue(label: label).async {
            Self.run(inbox, file)
            inbox.leave()
        }
    }

    func read<Value: Sendable>(
        until deadline: ContinuousClock.Instant,
        _ body: @escaping @Sendable (SQLiteConnection) throws -> Value
    ) async throws -> Value {
        try await inbox.ask(until: isPatient ? nil : deadline, deadlines, body)
    }

    /// - Returns: whether the connection is closed.
    func close(within limit: Duration) async -> Bool { await inbox.close(within: limit) }

    /// Reads until it is told to close, and has closed the file when it returns.
    private static func run(_ inbox: Inbox<Job>, _ file: StoreFile) {
        var connection: SQLiteConnection?
        var jobs: [Job] = []
        while inbox.wait(into: &jobs, limit: .max) {
            for job in jobs where !job.isGivenUp {
                do {
                    let open = try connection ?? connect(file)
                    connection = open
                    _ = try job.apply(open).send()
                } catch {
                    if let error = error as? SQLiteError, !error.leavesConnection { connection = nil }
                    job.fail(error)
                }
            }
            jobs.removeAll(keepingCapacity: true)
        }
    }

    private static func connect(_ file: StoreFile) throws -> SQLiteConnection {
        let connection = try file.connect()
        let patience = Int(SQLiteConnection.patience / .milliseconds(1))
        try connection.execute("PRAGMA query_only = ON; PRAGMA busy_timeout = \(patience)")
        return connection
    }
}
