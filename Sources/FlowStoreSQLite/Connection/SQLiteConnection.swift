import CSQLite
import FlowCore

/// One connection to the file, with its statements; opened, used and closed on one thread.
final class SQLiteConnection {
    private let handle: OpaquePointer
    private var statements: [ObjectIdentifier: OpaquePointer] = [:]
    private var counts = Counts()

    /// Frames in the log after the last commit of this connection that wrote pages.
    private(set) var logFrames = 0
    /// Whether the last commit wrote pages.
    private var hasWritten = false
    /// Whether sensitive texts were wiped since ``takeWiped()``.
    var hasWiped = false
    /// Rows that this connection had changed when the transaction under way began.
    private var changesBefore: Int64 = 0

    /// How long a lock is waited for: a caller hears something within a second.
    static let patience = Duration.milliseconds(800)

    init(path: String) throws(SQLiteError) {
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE
        let code = sqlite3_open_v2(path, &opened, flags, nil)
        guard let opened else { throw SQLiteError(code: code, system: 0, message: "out of memory") }
        handle = opened
        guard code == SQLITE_OK else { throw failure(code) }
        sqlite3_extended_result_codes(handle, 1)
        hearOfCommits()
    }

    /// SQLite calls a log's hook behind each commit that wrote pages, and behind no other (sqlite.org/c3ref/wal_hook.html).
    ///
    /// It takes the place of SQLite's own, which makes checkpoints within commits.
    private func hearOfCommits() {
        sqlite3_wal_hook(
            handle,
            { context, _, _, frames in
                guard let context else { return SQLITE_OK }
                let connection = Unmanaged<SQLiteConnection>.fromOpaque(context).takeUnretainedValue()
                connection.logFrames = Int(frames)
                connection.hasWritten = true
                return SQLITE_OK
            },
            Unmanaged.passUnretained(self).toOpaque()
        )
    }

    deinit {
        for statement in statements.values { sqlite3_finalize(statement) }
        sqlite3_close_v2(handle)
    }

    private func failure(_ code: Int32) -> SQLiteError {
        SQLiteError(code: code, system: systemError(code), message: String(cString: sqlite3_errmsg(handle)))
    }

    /// The errno behind a failed read or write, else 0.
    ///
    /// SQLite keeps it with the file where it failed: nearly always that is the log.
    private func systemError(_ code: Int32) -> Int32 {
        guard [SQLITE_IOERR, SQLITE_CANTOPEN].contains(code & 0xFF) else { return 0 }
        for pointer in [SQLITE_FCNTL_JOURNAL_POINTER, SQLITE_FCNTL_FILE_POINTER] {
            var file: UnsafeMutablePointer<sqlite3_file>?
            var found: Int32 = 0
            guard sqlite3_file_control(handle, nil, pointer, &file) == SQLITE_OK, let file,
                let methods = file.pointee.pMethods,
                methods.pointee.xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &found) == SQLITE_OK, found != 0
            else { continue }
            return found
        }
        return sqlite3_system_errno(handle)
    }

    // MARK: Statements

    /// Rows that the last statement changed.
    var changes: Int { Int(sqlite3_changes(handle)) }

    /// The number of the row that was last inserted.
    var insertedNumber: Int64 { sqlite3_last_insert_rowid(handle) }

    func run(_ query: Query, _ values: [SQLiteValue] = []) throws {
        try each(query, values) { _ in true }
    }

    func first<Value>(
        _ query: Query,
        _ values: [SQLiteValue] = [],
        _ read: (borrowing SQLiteRow) throws -> Value
    ) throws -> Value? {
        var found: Value?
        try each(query, values) { row in
            found = try read(row)
            return false
        }
        return found
    }

    /// Calls `body` with each row until it says that it wants no more.
    func each(_ query: Query, _ values: [SQLiteValue] = [], _ body: (borrowing SQLiteRow) throws -> Bool) throws {
        let statement = try prepared(query)
        defer { sqlite3_reset(statement) }
        for (index, value) in values.enumerated() { try bind(value, at: Int32(index + 1), of: statement) }
        while true {
            let code = sqlite3_step(statement)
            if code == SQLITE_DONE { return }
            guard code == SQLITE_ROW else { throw failure(code) }
            if try !body(SQLiteRow(statement)) { return }
        }
    }

    /// Runs statements that return nothing, several of them if need be.
    func execute(_ sql: String) throws(SQLiteError) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw failure(code) }
    }

    /// A query lives as long as the process, so that its identity stays its own.
    private func prepared(_ query: Query) throws(SQLiteError) -> OpaquePointer {
        if let statement = statements[ObjectIdentifier(query)] { return statement }
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v3(handle, query.sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        guard code == SQLITE_OK, let statement else { throw failure(code) }
        statements[ObjectIdentifier(query)] = statement
        return statement
    }

    private func bind(_ value: SQLiteValue, at index: Int32, of statement: OpaquePointer) throws(SQLiteError) {
        let code =
            switch value {
            case .null: sqlite3_bind_null(statement, index)
            case .integer(let number): sqlite3_bind_int64(statement, index, number)
            case .text(let text):
                sqlite3_bind_text(statement, index, text, Int32(clamping: text.utf8.count), csqlite_transient())
            case .blob(let bytes) where bytes.isEmpty: sqlite3_bind_zeroblob(statement, index, 0)
            case .blob(let bytes):
                sqlite3_bind_blob(statement, index, bytes, Int32(clamping: bytes.count), csqlite_transient())
            }
        guard code == SQLITE_OK else { throw failure(code) }
    }

    // MARK: Transactions

    /// What changes with nearly every turn and is written once a transaction.
    private struct Counts {
        /// Calls that each version has, more or fewer.
        var uses: [VersionID: Int] = [:]
        /// Delivered deliveries, more or fewer.
        var delivered = 0

        var isAny: Bool { delivered != 0 || uses.values.contains { $0 != 0 } }
    }

    /// Counts the calls of a version up or down, in the transaction under way.
    func count(uses change: Int, of version: VersionID) { counts.uses[version, default: 0] += change }

    /// Counts delivered deliveries up or down, in the transaction under way.
    func count(delivered change: Int) { counts.delivered += change }

    /// Writes what was counted in this transaction so far.
    func writeCounts() throws {
        for (version, change) in counts.uses where change != 0 {
            try run(.useVersion, [.text(version.text), .integer(change)])
        }
        if counts.delivered != 0 { try run(.addDelivered, [.integer(counts.delivered)]) }
        counts = Counts()
    }

    /// Waits for a lock that another connection holds, a millisecond at a time: whoever polls seldom starves.
    func patiently(_ body: () throws -> Void) throws {
        let end = ContinuousClock.now + Self.patience
        while true {
            do {
                return try body()
            } catch let error as SQLiteError where error.isBusy && ContinuousClock.now < end {
                sqlite3_sleep(1)
            }
        }
    }

    func begin() throws {
        try patiently { try run(.begin) }
        changesBefore = sqlite3_total_changes64(handle)
    }

    /// Whether the transaction under way has written to rows, with another value or the same.
    var hasChanged: Bool {
        sqlite3_total_changes64(handle) != changesBefore || counts.isAny
    }

    /// - Returns: whether pages were written. A commit that writes none never touches the disk.
    func commit() throws -> Bool {
        try writeCounts()
        hasWritten = false
        try run(.commit)
        return hasWritten
    }

    /// Copies what can be copied from the log to the file without keeping anybody waiting.
    func checkpoint() throws -> LogState { try checkpoint(SQLITE_CHECKPOINT_PASSIVE) }

    /// Copies all of the log to the file and cuts the log to nothing: what it held is nowhere any more.
    ///
    /// Throws while another connection writes, or reads what was there before.
    func emptyLog() throws -> LogState {
        // Most is copied while nobody waits.
        _ = try checkpoint(SQLITE_CHECKPOINT_PASSIVE)
        return try checkpoint(SQLITE_CHECKPOINT_TRUNCATE)
    }

    private func checkpoint(_ mode: Int32) throws -> LogState {
        var (frames, copied): (Int32, Int32) = (0, 0)
        let code = sqlite3_wal_checkpoint_v2(handle, nil, mode, &frames, &copied)
        guard code == SQLITE_OK else { throw failure(code) }
        return LogState(frames: Int(frames), copied: Int(copied))
    }

    /// Whether sensitive texts were wiped since this was last asked.
    func takeWiped() -> Bool {
        defer { hasWiped = false }
        return hasWiped
    }

    /// Ends the transaction if there still is one: some errors end it by themselves.
    func rollback() {
        counts = Counts()
        guard sqlite3_get_autocommit(handle) == 0 else { return }
        try? run(.rollback)
    }

    /// Several reads that see the same state.
    func snapshot<Value>(_ body: () throws -> Value) throws -> Value {
        try run(.beginReading)
        defer { rollback() }
        return try body()
    }
}

extension Query {
    fileprivate static let begin = Query("BEGIN IMMEDIATE")
    fileprivate static let beginReading = Query("BEGIN")
    fileprivate static let commit = Query("COMMIT")
    fileprivate static let rollback = Query("ROLLBACK")
    fileprivate static let useVersion = Query(
        "INSERT INTO uses (version, calls) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET calls = calls + ?2"
    )
    fileprivate static let addDelivered = Query("UPDATE tally SET delivered = delivered + ?")
}
