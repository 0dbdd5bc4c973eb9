package import FlowStore
import Testing

/// What every store has to do: its tests run each of these checks on a store of their own.
package struct StoreCheck: Sendable, CustomTestStringConvertible {
    package let name: String
    package let run: @Sendable (any Store) async throws -> Void

    package init(_ name: String, _ run: @escaping @Sendable (any Store) async throws -> Void) {
        self.name = name
        self.run = run
    }

    package var testDescription: String { name }
}

package enum StoreSuite {
    package static let checks = turns + queries + deliveries + claims + upkeep
}
