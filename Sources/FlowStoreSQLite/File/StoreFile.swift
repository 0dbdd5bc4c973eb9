import FlowStore
import Glibc

/// Where the store is, and what may be wrong with that place.
struct StoreFile: Sendable {
    /// Without symbolic links in it, as SQLite puts its other files beside the file that a link leads to.
    let path: String
    let limits: LogLimits
    /// What an operator should know of the place, in a line; nil where all is well.
    let warning: String?

    init(path: String, limits: LogLimits) throws(StoreError) {
        let resolved = Self.resolved(path)
        self.path = resolved
        self.limits = limits
        let place = StorePlace(file: resolved, folder: Self.folder(of: resolved))
        if let objection = place?.objection { throw StoreError("the store \(resolved): \(objection)") }
        warning = place?.warning.map { "the store \(resolved): \($0)" }
    }

    /// A connection as it has to be: write-ahead log, every commit on the disk, tables up to date.
    func connect() throws -> SQLiteConnection {
        try prepare()
        let connection = try SQLiteConnection(path: path)
        try connection.patiently {
            try Schema.check(connection)
            try connection.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
            // Sensitive texts leave nothing in free pages; Debian's SQLite has it so by default.
            try connection.execute("PRAGMA secure_delete = ON")
            // Calls come in no order of their ids, so the same pages change again and again: they stay in memory, and in
            // the log, for long.
            try connection.execute(
                "PRAGMA cache_size = -\(Self.cacheKiB); PRAGMA journal_size_limit = \(limits.keptBytes)"
            )
        }
        let mode = try connection.first(.journalMode) { $0.text() } ?? "unknown"
        let level = try connection.first(.synchronous) { $0.integer() } ?? -1
        // 2 is FULL: less loses what was answered to Plivo when the power fails.
        guard mode == "wal", level == 2 else {
            throw StoreError("journal_mode is \(mode) and synchronous \(level), expected wal and 2 (FULL)")
        }
        try connection.patiently { try Schema.migrate(connection) }
        return connection
    }

    private static let cacheKiB = 16 * 1_024

    /// The error with the file that is meant; said once.
    func described(_ error: any Error) -> StoreError {
        switch error {
        case let error as StoreError where error.description.contains(path): error
        case let error as StoreError: StoreError("the store \(path): \(error)", error.kind)
        case let error as SQLiteError: StoreError("the store \(path): \(error.message)", error.kind)
        default: StoreError("the store \(path): \(error)")
        }
    }

    /// The size of a file in bytes; 0 where there is none.
    static func size(_ path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    /// Makes the file where there is none, readable by its owner only; SQLite's other two files follow it in that.
    ///
    /// A file that is there is never opened here: closing it again would drop SQLite's locks on it.
    private func prepare() throws {
        var status = stat()
        if stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT != S_IFDIR else { throw StoreError("it is a directory") }
            guard access(path, R_OK | W_OK) == 0 else { throw Self.failure() }
            return try checkFolder()
        }
        guard errno == ENOENT else { throw Self.failure() }
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            close(descriptor)
        } else if errno != EEXIST {
            throw Self.failure()
        }
    }

    private func checkFolder() throws(StoreError) {
        let folder = Self.folder(of: path)
        guard access(folder, W_OK | X_OK) != 0, errno == EACCES || errno == EPERM || errno == EROFS else { return }
        throw StoreError(
            "its folder \(folder) is not writable for this user, and \(path)-wal has to be made there",
            .readOnly
        )
    }

    private static func failure() -> StoreError {
        switch errno {
        case ENOENT: StoreError("its directory does not exist")
        case EACCES, EPERM: StoreError("it is not writable for this user", .readOnly)
        case EROFS: StoreError("its file system is mounted read-only", .readOnly)
        case ENOSPC, EDQUOT: StoreError(String(cString: strerror(errno)).lowercased(), .full)
        default: StoreError(String(cString: strerror(errno)).lowercased())
        }
    }

    // MARK: Paths

    /// The path without symbolic links, also of a file that is still to be made.
    private static func resolved(_ path: String) -> String {
        if let real = real(path) { return real }
        guard let folder = real(folder(of: path)) else { return path }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return (folder == "/" ? "" : folder) + "/" + name
    }

    private static func real(_ path: String) -> String? {
        guard let found = realpath(path, nil) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}

extension Query {
    fileprivate static let journalMode = Query("PRAGMA journal_mode")
    fileprivate static let synchronous = Query("PRAGMA synchronous")
}
