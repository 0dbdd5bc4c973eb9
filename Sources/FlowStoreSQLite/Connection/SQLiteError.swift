import CSQLite
import FlowStore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What SQLite answered in place of success, in its own words.
struct SQLiteError: Error, Hashable {
    let code: Int32
    /// The system's errno behind a failed read or write, else 0.
    let system: Int32
    private let words: String

    init(code: Int32, system: Int32, message: String) {
        self.code = code
        self.system = system
        words = message
    }

    /// SQLite's words, and the system's where it has any.
    var message: String { system == 0 ? words : "\(words): \(String(cString: strerror(system)).lowercased())" }

    var kind: StoreError.Kind {
        if isBusy { return .busy }
        if primary == SQLITE_FULL || [ENOSPC, EDQUOT, EFBIG].contains(system) { return .full }
        if primary == SQLITE_READONLY || [EROFS, EACCES, EPERM].contains(system) { return .readOnly }
        return isOfOneTurn ? .refused : .unavailable
    }

    private var primary: Int32 { code & 0xFF }

    /// Whether one turn's rows are at fault, and neither the file nor the disk nor a lock.
    var isOfOneTurn: Bool { [SQLITE_CONSTRAINT, SQLITE_TOOBIG, SQLITE_MISMATCH].contains(primary) }

    /// Whether another connection was in the way.
    var isBusy: Bool { primary == SQLITE_BUSY || primary == SQLITE_LOCKED }

    /// Whether the connection is as good as before once its transaction is rolled back.
    var leavesConnection: Bool { isOfOneTurn || isBusy || primary == SQLITE_FULL || primary == SQLITE_INTERRUPT }
}
