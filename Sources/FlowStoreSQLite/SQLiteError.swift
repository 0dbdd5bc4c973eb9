import CSQLite

/// What SQLite answered in place of success, in its own words.
struct SQLiteError: Error, Hashable {
    let code: Int32
    let message: String

    init(code: Int32, message: String) {
        self.code = code
        self.message = message
    }

    private var primary: Int32 { code & 0xFF }

    /// Whether one turn's rows are at fault, and neither the file nor the disk nor a lock.
    var isOfOneTurn: Bool { [SQLITE_CONSTRAINT, SQLITE_TOOBIG, SQLITE_MISMATCH].contains(primary) }

    /// Whether another connection was in the way.
    var isBusy: Bool { primary == SQLITE_BUSY || primary == SQLITE_LOCKED }

    /// Whether the connection is as good as before once its transaction is rolled back.
    var leavesConnection: Bool { isOfOneTurn || isBusy || primary == SQLITE_FULL || primary == SQLITE_INTERRUPT }
}
