package import FlowCore

/// Keeps the record of every call and message.
package protocol CallStore: Sendable {
    /// Changes a call: reads its record, asks `decide`, and writes the change, all of it or nothing.
    ///
    /// `decide` is pure, may be asked again with a newer record, and sees no other call's turn in between. Turns of one
    /// call happen one after the other. Deliveries come with their call's record, or after it; an id that is there already
    /// is an error. Other records may begin with a turn: see ``RecordChange/begun``.
    ///
    /// A turn that fails because the store does not answer in time may still be written; then the next turn finds it.
    ///
    /// - Parameter decide: returns the change, and what is to be known of it when it is written.
    /// - Returns: the change that was written, and the answer that `decide` gave with it.
    /// - Throws: ``StoreError``.
    func turn<Answer: Sendable>(
        _ call: RunID,
        durability: Durability,
        _ decide: @escaping @Sendable (RunRecord?) -> (RecordChange, Answer)
    ) async throws -> (change: RecordChange, answer: Answer)

    func record(of call: RunID) async throws -> RunRecord?

    /// Calls, newest first.
    func calls(_ query: RunQuery) async throws -> [RunRecord]

    /// Calls with a run that wanted to be woken by `now`, the most overdue first.
    func callsDue(at now: Timestamp, limit: Int) async throws -> [RunID]
}

extension CallStore {
    /// Changes a call where the change says all.
    package func turn(
        _ call: RunID,
        durability: Durability,
        _ decide: @escaping @Sendable (RunRecord?) -> RecordChange
    ) async throws -> RecordChange {
        try await turn(call, durability: durability) { record in (decide(record), ()) }.change
    }
}

/// When a turn is durable.
package enum Durability: Sendable {
    /// Before the turn returns.
    case synced
    /// Within 10 ms of it: for turns that the next webhook alone can rebuild.
    case deferred
}
