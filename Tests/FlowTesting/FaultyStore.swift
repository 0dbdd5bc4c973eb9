package import FlowCore
package import FlowStore
import Synchronization

/// A store whose process dies at a failpoint: from then on everything throws, until another is put on the same store.
package final class FaultyStore: ForwardingStore {
    private struct State {
        var passed: [Failpoint: Int] = [:]
        var isDead = false
        var deferred = 0
    }

    private let store: any Store
    /// Where it dies, and at which pass, from 1.
    private let fault: (point: Failpoint, pass: Int)?
    private let state = Mutex(State())

    /// - Parameter fault: nil for a process that lives.
    package init(_ store: any Store, dyingAt fault: (point: Failpoint, pass: Int)? = nil) {
        self.store = store
        self.fault = fault
    }

    package var isDead: Bool { state.withLock { $0.isDead } }

    /// How often each failpoint was passed.
    package var passed: [Failpoint: Int] { state.withLock { $0.passed } }

    /// How many turns might have been answered before they were on a disk.
    package var deferred: Int { state.withLock { $0.deferred } }

    private func pass(_ point: Failpoint) throws {
        try state.withLock { state in
            if state.isDead { throw Crash() }
            state.passed[point, default: 0] += 1
            if let fault, fault.point == point, fault.pass == state.passed[point] {
                state.isDead = true
                throw Crash()
            }
        }
    }

    package var inner: any Store {
        get throws {
            if isDead { throw Crash() }
            return store
        }
    }

    package func turn<Answer: Sendable>(
        _ call: RunID,
        durability: Durability,
        _ decide: @escaping @Sendable (RunRecord?) -> (RecordChange, Answer)
    ) async throws -> (change: RecordChange, answer: Answer) {
        try pass(.beforeTurn)
        let turn = try await store.turn(call, durability: durability, decide)
        if durability == .deferred, turn.change.mayDefer { state.withLock { $0.deferred += 1 } }
        try pass(.afterTurn)
        return turn
    }

    package func settle(
        _ attempt: Delivery.Attempt,
        _ next: Delivery.Next,
        of claim: Claim,
        _ decide: @escaping @Sendable (RunRecord?) -> RecordChange
    ) async throws -> RecordChange? {
        try pass(.beforeAttempt)
        let change = try await store.settle(attempt, next, of: claim, decide)
        try pass(.afterAttempt)
        return change
    }
}
