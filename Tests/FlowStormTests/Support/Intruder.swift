import CSQLite

/// Another program at the store's file.
final class Intruder {
    private var handle: OpaquePointer?

    init(_ path: String) throws {
        guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK else {
            throw ChildProcess.Failure(description: "cannot open \(path)")
        }
        sqlite3_busy_timeout(handle, 5_000)
    }

    deinit { sqlite3_close_v2(handle) }

    func execute(_ sql: String) throws {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else {
            throw ChildProcess.Failure(description: String(cString: sqlite3_errmsg(handle)))
        }
    }
}
