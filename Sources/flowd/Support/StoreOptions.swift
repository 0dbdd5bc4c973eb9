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

    var path: String { store ?? ProcessInfo.processInfo.environment["FLOWD_STORE"] ?? "flowd.db" }

    func open() async throws -> SQLiteStore {
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
