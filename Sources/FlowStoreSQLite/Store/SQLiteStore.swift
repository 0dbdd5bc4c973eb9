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
    package static let patience = Duration.milliseconds(900)
    private let patience: Duration
    /// Seconds between two looks at the files, if nothing is written in between.
    private static let lookEvery = 5

    /// How long a hanging disk may hold up the end of the process, twice.
    private static let closeLimit = Duration.seconds(2)
    /// The name that ``sharedKey()`` is kept under.
    private static let keyName = "shared"
    /// Calls that go in one write: turns wait no longer for it than for each other.
    private static let prunedAtOnce = 32

    /// For what somebody waits for.
    let reader: SQLiteReader
    /// For lists and books, which may take long.
    let archive: SQLiteReader
    let watch: (any TurnWatch)?
    private let file: StoreFile
    private let writer: SQLiteWriter
    private let checkpointer: SQLiteCheckpointer
    private let deadlines: Deadlines
    private let files: OpenFiles

    /// Opens the file, or makes it.
    ///
    /// - Parameters:
    ///   - log: how long the write-ahead log may become.
    ///   - patience: how long a caller waits for the disk before the store counts as gone.
    ///   - watch: hears when the store is at work on a call.
    ///   - onAlarm: called on a thread of the store's.
    package init(
        path: String,
        log: LogLimits = LogLimits(),
        patience: Duration = SQLiteStore.patience,
        watch: (any TurnWatch)? = nil,
        onAlarm: @escaping @Sendable (Alarm) -> Void = { _ in }
    ) async throws {
        self.watch = watch
        self.patience = patience
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
            _ = await checkpointer.close(within: patience)
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
                until: .now + patience,
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
        let deadline = ContinuousClock.now + patience
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

    // MARK: Upkeep

    package func sharedKey() async throws -> [UInt8] {
        if let key = try await read(reader, { try $0.key(Self.keyName) }) { return key }
        var chance = SystemRandomNumberGenerator()
        let fresh = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &chance) }
        return try await write { connection in
            try connection.add(fresh, named: Self.keyName)
            return try connection.key(Self.keyName) ?? fresh
        }
    }

    package func prune(before limit: Timestamp, batch: Int) async throws -> Int {
        let calls = try await read(archive) { try $0.prunable(before: limit, batch: batch) }
        var removed = 0
        for start in stride(from: 0, to: calls.count, by: Self.prunedAtOnce) {
            let some = calls[start..<min(start + Self.prunedAtOnce, calls.count)]
            removed += try await write { connection in
                try some.reduce(0) { try $0 + connection.prune($1, before: limit) }
            }
        }
        return try await removed + write { try $0.pruneVersions() }
    }

    package func audit() async throws -> Audit { try await read(archive) { try $0.audit() } }

    /// Writes a number that counts up: what was there already would be written to no page, and show nothing.
    package func check() async throws { try await write { try $0.countCheck(bytes: 8) } }

    package func close() async throws {
        files.stopLooking()
        async let reading = reader.close(within: Self.closeLimit)
        async let archived = archive.close(within: Self.closeLimit)
        async let written = writer.close(within: Self.closeLimit)
        var isClosed = await (reading, archived, written) == (true, true, true)
        // Its connection is the last, so that SQLite puts the files in order.
        isClosed = await checkpointer.close(within: Self.closeLimit) && isClosed
        deadlines.close()
        if !isClosed {
            throw StoreError("the store \(file.path): the disk does not answer, so the file could not be closed")
        }
    }
}
