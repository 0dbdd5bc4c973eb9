package import FlowCore
package import FlowStore
import Synchronization

/// A store that looks whether what it gives back is what was put in: calls and deliveries go through their binary form.
package final class RecodingStore: ForwardingStore {
    package let inner: any Store
    private let found = Mutex<[String]>([])

    package init(_ store: any Store) {
        inner = store
    }

    /// What came back otherwise, in a few words each.
    package var differences: [String] { found.withLock { $0 } }

    private func compare(_ change: RecordChange, of call: RunID) async throws {
        if let record = change.record, try await inner.record(of: call) != record {
            found.withLock { $0.append("another record of call \(call)") }
        }
        for begun in change.begun where try await inner.record(of: begun.record.call) != begun.record {
            found.withLock { $0.append("another record of call \(begun.record.call)") }
        }
        for delivery in change.allDeliveries where try await inner.delivery(delivery.id) != delivery {
            found.withLock { $0.append("another delivery \(delivery.id)") }
        }
    }

    package func turn<Answer: Sendable>(
        _ call: RunID,
        durability: Durability,
        _ decide: @escaping @Sendable (RunRecord?) -> (RecordChange, Answer)
    ) async throws -> (change: RecordChange, answer: Answer) {
        let turn = try await inner.turn(call, durability: durability, decide)
        try await compare(turn.change, of: call)
        return turn
    }

    package func settle(
        _ attempt: Delivery.Attempt,
        _ next: Delivery.Next,
        of claim: Claim,
        _ decide: @escaping @Sendable (RunRecord?) -> RecordChange
    ) async throws -> RecordChange? {
        let change = try await inner.settle(attempt, next, of: claim, decide)
        if let change, let record = change.record { try await compare(change, of: record.call) }
        return change
    }
}
