package import FlowCore
package import FlowStore

/// The store in one SQLite file, which several processes of one machine may share.
///
/// Turns go to one writer that puts many of them into a commit; reading has connections of its own.
package final class SQLiteStore: Store {
    let file: StoreFile
    let writer: SQLiteWriter
    /// For what somebody waits for.
    let reader: SQLiteReader
    /// For lists and books, which may take long.
    let archive: SQLiteReader

    /// Opens the file, or makes it.
    package init(path: String) async throws {
        file = StoreFile(path: path)
        writer = try await SQLiteWriter.open(file)
        reader = SQLiteReader(file, label: "flowd.store.reader")
        archive = SQLiteReader(file, label: "flowd.store.archive")
    }

    func write<Value: Sendable>(
        isDeferrable: @escaping @Sendable (Value) -> Bool = { _ in false },
        _ body: @escaping @Sendable (SQLiteConnection) throws -> Value
    ) async throws(StoreError) -> Value {
        do {
            return try await writer.write(isDeferrable: isDeferrable, body)
        } catch {
            throw described(error)
        }
    }

    /// Reads what is written, and what was answered and is about to be.
    func read<Value: Sendable>(
        _ reader: SQLiteReader,
        _ body: @escaping @Sendable (SQLiteConnection) throws -> Value
    ) async throws(StoreError) -> Value {
        do {
            try await writer.catchUp()
            return try await reader.read { connection in try connection.snapshot { try body(connection) } }
        } catch {
            throw described(error)
        }
    }

    private func described(_ error: any Error) -> StoreError {
        if let error = error as? StoreError { return error }
        if error is Inbox<Job>.Closed { return StoreError("the store \(file.path) is closed") }
        return file.described(error)
    }

    // MARK: Calls

    package func turn(
        _ call: RunID,
        durability: Durability,
        watch: (any TurnWatch)?,
        _ decide: @escaping @Sendable (RunRecord?) -> RecordChange
    ) async throws -> RecordChange {
        let isDeferred = durability == .deferred
        return try await write(isDeferrable: { isDeferred && $0.mayDefer && $0.deliveries.isEmpty }) { connection in
            watch?.turnBegins()
            defer { watch?.turnEnds() }
            return try connection.turn(call, decide)
        }
    }

    package func record(
        _ attempt: Delivery.Attempt,
        _ next: Delivery.Next,
        of claim: Claim,
        watch: (any TurnWatch)?,
        _ decide: @escaping @Sendable (RunRecord?) -> RecordChange
    ) async throws -> RecordChange? {
        try await write { connection in
            watch?.turnBegins()
            defer { watch?.turnEnds() }
            return try connection.record(attempt, next, of: claim, decide)
        }
    }

    package func record(of call: RunID) async throws -> RunRecord? {
        try await read(reader) { try $0.callRow(call)?.record }
    }

    package func calls(_ query: RunQuery) async throws -> [RunRecord] {
        try await read(archive) { try $0.calls(query) }
    }

    package func callsDue(at now: Timestamp, limit: Int) async throws -> [RunID] {
        try await read(reader) { connection in
            var due: [RunID] = []
            try connection.each(.callsDue, [.integer(now.milliseconds), .integer(max(0, limit))]) { row in
                if let call = RunID(bytes: row.blob(0)) { due.append(call) }
                return true
            }
            return due
        }
    }
}
