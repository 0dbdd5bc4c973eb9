/// Work for a thread that has the connection.
struct Job: Sendable {
    /// What came of it, sent when the time has come.
    struct Answer: Sendable {
        /// Whether it may be sent before it is durable.
        var isDeferred: Bool
        var send: @Sendable () -> Void
    }

    let apply: @Sendable (SQLiteConnection) throws -> Answer
    let fail: @Sendable (any Error) -> Void
}

extension Inbox<Job> {
    /// Has `body` done by the thread behind this inbox, and waits for its answer.
    func ask<Value: Sendable>(
        isDeferrable: @escaping @Sendable (Value) -> Bool = { _ in false },
        _ body: @escaping @Sendable (SQLiteConnection) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let job = Job(
                apply: { connection in
                    let value = try body(connection)
                    return Job.Answer(isDeferred: isDeferrable(value)) { continuation.resume(returning: value) }
                },
                fail: { continuation.resume(throwing: $0) }
            )
            if !push(job) { continuation.resume(throwing: Closed()) }
        }
    }
}
