import ArgumentParser
import FlowStore
import FlowStoreSQLite
import Foundation

/// Flags of the commands that look into a store, with or without a server on it.
struct StoreOptions: ParsableArguments {
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json
    }

    @Option(help: "The store (FLOWD_STORE; default: flowd.db).")
    var store: String?

    @Option(help: "text or json.")
    var format = Format.text

    static let defaultPath = "flowd.db"

    /// A store's path, as it was given.
    ///
    /// - Throws: `ValidationError` for the address of a server, without the password that may be in it.
    static func checked(_ path: String) throws -> String {
        guard path.hasPrefix("postgres://") || path.hasPrefix("postgresql://") else { return path }
        throw ValidationError("--store \(path.prefix { $0 != ":" })://… is not there yet: name a SQLite file")
    }

    /// The store's path: the flag's, or the environment's.
    ///
    /// - Throws: `ValidationError` for a file of a setting that cannot be read, and for the address of a server.
    func path() throws -> String {
        if let store { return try Self.checked(store) }
        let named = try SettingsEnvironment.read()["FLOWD_STORE"] ?? ""
        return try Self.checked(named.isEmpty ? Self.defaultPath : named)
    }

    func open() async throws -> SQLiteStore {
        let path = try self.path()
        // Opening would make an empty one, and say that there is nothing.
        guard FileManager.default.fileExists(atPath: path) else { throw ValidationError("no such store: \"\(path)\"") }
        do {
            return try await SQLiteStore(path: path)
        } catch {
            throw Failure("\(error)")
        }
    }

    /// Opens the store, works with it, and closes it.
    func using<Output>(_ work: (SQLiteStore) async throws -> Output) async throws -> Output {
        let store = try await open()
        do {
            let output = try await work(store)
            try await store.close()
            return output
        } catch {
            try? await store.close()
            throw error
        }
    }
}
