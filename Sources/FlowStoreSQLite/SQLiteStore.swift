import Dispatch
package import FlowCore
package import FlowStore

/// The store in one SQLite file, which several processes of one machine may share.
///
/// Turns go to one writer that puts many of them into a commit; reading has connections of its own.
package final class SQLiteStore: Store {
    /// What an operator should know of.
    package enum Alarm: Hashable, Sendable {
        /// The files were removed, renamed or replaced: nothing is written any more until flowd is started again.
        case filesAreGone(path: String)
        /// The write-ahead log has grown to so many bytes: some reader keeps it from being copied.
        case logIsLarge(bytes: Int)
    }

    /// How long a caller waits for the disk, so that Plivo hears something within a second.
    private static let patience = Duration.milliseconds(950)
    /// Seconds between two looks at the files, if nothing is written in between.
    private static let lookEvery = 5

    let file: StoreFile
    let writer: SQLiteWriter
    /// For what somebody waits for.
    let reader: SQLiteReader
    /// For lists and books, which may take long.
    let archive: SQLiteReader
    let checkpointer: SQLiteCheckpointer
    let deadlines: Deadlines
    let files: OpenFiles

    /// Opens the file, or makes it.
    ///
    /// - Parameters:
    ///   - log: how long the write-ahead log may become.
    ///   - onAlarm: called on a thread of the store's.
    package init(
        path: String,
        log: LogLimits = LogLimits(),
        onAlarm: @escaping @Sendable (Alarm) -> Void = { _ in }
    ) async throws {
        file = try StoreFile(path: path, limits: log)
        let path = file.path
        files = OpenFiles(path: path) { onAlarm(.filesAreGone(path: path)) }
        deadlines = Deadlines(
            label: "flowd.store.deadlines",
            error: StoreError("the store \(path): the disk has not answered within a second")
        )
        do {
            checkpointer = try await SQLiteCheckpointer.open(file) { onAlarm(.logIsLarge(bytes: $0)) }
        } catch {
            deadlines.close()
            throw file.described(error)
        }
        do {
            writer = try await SQLiteWriter.open(file, files: files, deadlines: deadlines, checkpointer: checkpointer)
            try files.look()
        } catch {
            _ = await checkpointer.close(within: Self.patience)
            deadlines.close()
            throw file.described(error)
        }
        reader = SQLiteReader(file, label: "flowd.store.reader", deadlines: deadlines, isPatient: false)
        archive = SQLiteReader(file, label: "flowd.store.archive", deadlines: deadlines, isPatient: true)
        files.lookOften(every: Self.lookEvery)
    }

    package var commits: Int { writer.commits }

    /// What an operator should know of the place of the store, in a line; nil where all is well.
    package var warning: String? { file.warning }

    func write<Value: Sendable>(
        isDeferrable: @escaping @Sendable (Value) -> Bool = { _ in false },
        claims: @escaping @Sendable (Value) -> [Claim] = { _ in [] },
        _ body: @escaping @Sendable (SQLiteConnection) throws -> Value
    ) async throws(StoreError) -> Value {
        try files.check()
        do {
            return try await writer.write(
                until: .now + Self.patience,
                isDeferrable: isDeferrable,
                claims: claims,
                body
            )
        } catch {
            throw described(error)
        }
    }

    /// Reads what is written, and what was answered and is about to be.
    func read<Value: Sendable>(
        _ reader: SQLiteReader,
        _ body: @escaping @Sendable (SQLiteConnection) throws -> Value
    ) async throws(StoreError) -> Value {
        try files.check()
        let deadline = ContinuousClock.now + Self.patience
        do {
            try await writer.catchUp(until: deadline)
            return try await reader.read(until: deadline) { connection in
                try connection.snapshot { try body(connection) }
            }
        } catch {
            throw described(error)
        }
    }

    private func described(_ error: any Error) -> StoreError {
        if let error = error as? StoreError { return error }
        if error is Inbox<Job>.Closed { return StoreError("the store \(file.path) is closed", .closed) }
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
        return try await write(
            isDeferrable: { isDeferred && $0.mayDefer && $0.deliveries.isEmpty },
            claims: { $0.claims }
        ) { connection in
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
        try await write(claims: { $0?.claims ?? [] }) { connection in
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
