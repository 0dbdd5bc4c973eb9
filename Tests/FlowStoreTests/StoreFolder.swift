import CSQLite
import FlowStore
import FlowStoreSQLite
import Foundation

/// A folder of its own for a test's database.
struct StoreFolder: Sendable {
    let path: String

    var file: String { path + "/flowd.db" }

    /// The file without symbolic links in its path.
    var realFile: String { URL(filePath: path).resolvingSymlinksInPath().path + "/flowd.db" }

    /// The size of the write-ahead log.
    var logBytes: Int {
        (try? FileManager.default.attributesOfItem(atPath: file + "-wal")[.size] as? Int) ?? 0
    }

    static func with<Value>(_ body: (StoreFolder) async throws -> Value) async throws -> Value {
        let folder = StoreFolder(
            path: FileManager.default.temporaryDirectory.path + "/flowd-store-" + UUID().uuidString
        )
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder.path) }
        return try await body(folder)
    }

    /// Opens the store for as long as `body` takes.
    func open<Value>(
        watch: (any TurnWatch)? = nil,
        _ body: (SQLiteStore) async throws -> Value
    ) async throws -> Value {
        let store = try await SQLiteStore(path: file, patience: .seconds(60), watch: watch)
        do {
            let value = try await body(store)
            try await store.close()
            return value
        } catch {
            try? await store.close()
            throw error
        }
    }

    /// Runs statements as another program would.
    func execute(_ sql: String) throws {
        try Intruder(file).execute(sql)
    }
}

/// Another program at the file.
final class Intruder {
    private var handle: OpaquePointer?

    init(_ path: String) throws {
        guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nil) == SQLITE_OK else {
            throw StoreError("the intruder cannot open \(path)")
        }
    }

    deinit { sqlite3_close_v2(handle) }

    func execute(_ sql: String) throws {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else {
            throw StoreError(String(cString: sqlite3_errmsg(handle)))
        }
    }
}
