/// Runs `body` for `limit` at most, then cancels it and throws ``SendFailure/timedOut(_:)``.
///
/// It covers all that `body` does; a client's own timeouts end at the head of the answer, or begin anew with each byte.
func withDeadline<Answer: Sendable>(
    _ limit: Duration,
    _ body: @escaping @Sendable () async throws -> Answer
) async throws -> Answer {
    try await withThrowingTaskGroup(of: Answer?.self) { group in
        group.addTask(operation: body)
        group.addTask {
            try await Task.sleep(for: limit)
            return nil
        }
        defer { group.cancelAll() }
        guard let first = try await group.next(), let answer = first else { throw SendFailure.timedOut(limit) }
        return answer
    }
}
