import FlowCore
import FlowStore
import Synchronization

/// A store whose disk takes nothing for a while: what changes nothing is answered all the same.
final class FailingStore: ForwardingStore {
    let inner: any Store
    private let failure = Mutex<StoreError?>(nil)

    init(_ store: any Store) {
        inner = store
    }

    /// What everything that writes throws; nil while the disk is well.
    var error: StoreError? {
        get { failure.withLock { $0 } }
        set { failure.withLock { $0 = newValue } }
    }

    func turn<Answer: Sendable>(
        _ call: RunID,
        durability: Durability,
        _ decide: @escaping @Sendable (RunRecord?) -> (RecordChange, Answer)
    ) async throws -> (change: RecordChange, answer: Answer) {
        guard let error else { return try await inner.turn(call, durability: durability, decide) }
        let (change, answer) = decide(try await inner.record(of: call))
        guard change.record == nil, change.deliveries.isEmpty else { throw error }
        return (change, answer)
    }

    func settle(
        _ attempt: Delivery.Attempt,
        _ next: Delivery.Next,
        of claim: Claim,
        _ decide: @escaping @Sendable (RunRecord?) -> RecordChange
    ) async throws -> RecordChange? {
        if let error { throw error }
        return try await inner.settle(attempt, next, of: claim, decide)
    }

    func check() async throws {
        if let error { throw error }
        try await inner.check()
    }
}
