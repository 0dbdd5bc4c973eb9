package import FlowStore
import Testing

/// What every store has to do: its tests run each of these checks on a store of their own.
package struct StoreCheck: Sendable, CustomTestStringConvertible {
    package let name: String
    /// Runs on a new store, which has the watch.
    package let run: @Sendable (any Store, WatchLog) async throws -> Void

    package init(_ name: String, _ run: @escaping @Sendable (any Store, WatchLog) async throws -> Void) {
        self.name = name
        self.run = run
    }

    package init(_ name: String, _ run: @escaping @Sendable (any Store) async throws -> Void) {
        self.init(name) { store, _ in try await run(store) }
    }

    package var testDescription: String { name }
}

package enum StoreSuite {
    package static let checks = turns + queries + deliveries + claims + upkeep
}
