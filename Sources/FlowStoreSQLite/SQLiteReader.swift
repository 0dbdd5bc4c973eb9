import Dispatch
import FlowStore

/// A thread with a connection that reads, so that nobody who reads keeps the writer waiting.
final class SQLiteReader: Sendable {
    private let inbox = Inbox<Job>()

    init(_ file: StoreFile, label: String) {
        let inbox = inbox
        DispatchQueue(label: label).async {
            Self.run(inbox, file)
            inbox.leave()
        }
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (SQLiteConnection) throws -> Value) async throws -> Value {
        try await inbox.ask(body)
    }

    func close() async { await inbox.close() }

    /// Reads until it is told to close, and has closed the file when it returns.
    private static func run(_ inbox: Inbox<Job>, _ file: StoreFile) {
        var connection: SQLiteConnection?
        var jobs: [Job] = []
        while inbox.wait(into: &jobs, limit: .max) {
            for job in jobs {
                do {
                    let open = try connection ?? connect(file)
                    connection = open
                    try job.apply(open).send()
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
        try connection.execute("PRAGMA query_only = ON; PRAGMA busy_timeout = 900")
        return connection
    }
}
