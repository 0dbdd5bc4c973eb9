import CSQLite
import Synchronization
import Testing

#if canImport(Glibc)
import Glibc
#endif

/// What the disk under SQLite does instead of writing, in this whole process.
///
/// SQLite lets its calls of the system be replaced, for tests (sqlite.org/c3ref/vfs.html, `xSetSystemCall`).
enum DiskFault {
    private static let error = Atomic<Int32>(0)
    private static let hangs = Atomic(false)
    /// Writes that hang now.
    private static let hanging = Atomic(0)

    /// Puts this type between SQLite and the system; once a process.
    static func install() throws {
        let unix = try #require(sqlite3_vfs_find(nil))
        let set = try #require(unix.pointee.xSetSystemCall)
        typealias Write64 = @convention(c) (Int32, UnsafeRawPointer?, Int, Int64) -> Int
        let write: Write64 = { descriptor, bytes, count, offset in
            DiskFault.hanging.add(1, ordering: .sequentiallyConsistent)
            while DiskFault.hangs.load(ordering: .sequentiallyConsistent) { usleep(1_000) }
            DiskFault.hanging.subtract(1, ordering: .sequentiallyConsistent)
            let code = DiskFault.error.load(ordering: .sequentiallyConsistent)
            guard code == 0 else {
                errno = code
                return -1
            }
            return pwrite(descriptor, bytes, count, off_t(offset))
        }
        let replacement = unsafeBitCast(write, to: sqlite3_syscall_ptr.self)
        var replaced = 0
        for name in ["pwrite", "pwrite64"] where unix.pointee.xGetSystemCall(unix, name) != nil {
            if set(unix, name, replacement) == SQLITE_OK { replaced += 1 }
        }
        try #require(replaced > 0, "this SQLite lets no call be replaced")
    }

    /// Has every write fail with an error of <errno.h>; nil ends that.
    static func fail(_ code: Int32?) { error.store(code ?? 0, ordering: .sequentiallyConsistent) }

    /// Has every write neither fail nor return, until it is told otherwise.
    static func hang(_ hangs: Bool) { self.hangs.store(hangs, ordering: .sequentiallyConsistent) }

    static var isHanging: Bool { hanging.load(ordering: .sequentiallyConsistent) > 0 && hangs.load(ordering: .relaxed) }
}
