import FlowStore
import Glibc

/// Where the store is, and what may be wrong with that place.
struct StoreFile: Sendable {
    let path: String

    /// A connection as it has to be: write-ahead log, every commit on the disk, tables up to date.
    func connect() throws -> SQLiteConnection {
        try described {
            try prepare()
            let connection = try SQLiteConnection(path: path)
            try connection.patiently {
                try Schema.check(connection)
                try connection.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
                // Calls come in no order of their ids, so the same pages change again and again: they stay in memory, and
                // in the log, for long.
                try connection.execute(
                    "PRAGMA cache_size = -\(Self.cacheKiB); PRAGMA wal_autocheckpoint = \(Self.logPages)"
                )
            }
            let mode = try connection.first(.journalMode) { $0.text(0) } ?? "unknown"
            let level = try connection.first(.synchronous) { $0.integer(0) } ?? -1
            // 2 is FULL: less loses what was answered to Plivo when the power fails.
            guard mode == "wal", level == 2 else {
                throw StoreError("journal_mode is \(mode) and synchronous \(level), expected wal and 2 (FULL)")
            }
            try connection.patiently { try Schema.migrate(connection) }
            return connection
        }
    }

    private static let cacheKiB = 16 * 1_024
    /// Pages of 4 KiB in the log before they are copied into the file.
    private static let logPages = 4_096

    /// Errors that say which file is meant.
    func described<Value>(_ body: () throws -> Value) throws(StoreError) -> Value {
        do { return try body() } catch { throw described(error) }
    }

    func described(_ error: any Error) -> StoreError {
        switch error {
        case let error as StoreError: StoreError("the store \(path): \(error)")
        case let error as SQLiteError: StoreError("the store \(path): \(error.message)")
        default: StoreError("the store \(path): \(error)")
        }
    }

    /// Makes the file where there is none, readable by its owner only; SQLite's other two files follow it in that.
    ///
    /// A file that is there is never opened here: closing it again would drop SQLite's locks on it.
    private func prepare() throws {
        var status = stat()
        if stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT != S_IFDIR else { throw StoreError("it is a directory") }
            guard access(path, R_OK | W_OK) == 0 else { throw Self.failure() }
            return
        }
        guard errno == ENOENT else { throw Self.failure() }
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            close(descriptor)
        } else if errno != EEXIST {
            throw Self.failure()
        }
    }

    private static func failure() -> StoreError {
        switch errno {
        case ENOENT: StoreError("its directory does not exist")
        case EACCES, EPERM: StoreError("it is not writable for this user")
        default: StoreError(String(cString: strerror(errno)).lowercased())
        }
    }
}
