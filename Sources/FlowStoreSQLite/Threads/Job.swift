import FlowStore
import Synchronization

/// Work for a thread that has the connection, and the task that waits for what comes of it.
///
/// The task is told once: the answer, a failure, or that its time is up. A job whose task was given up before the thread
/// came to it is not done at all. One that was given up while the disk hung may still be committed, which is harmless, as
/// it is what a crash behind the commit leaves: the call's record holds the answer, so that the same webhook gets these
/// bytes when it comes again; and deliveries that the turn ordered for this process, which was never told of them, are
/// given back (see ``Answer/send``), so that any worker takes them up.
final class Job: Sendable {
    /// What came of a job, sent when the time has come.
    struct Answer: Sendable {
        /// Whether it may be sent before it is durable.
        var isDeferred: Bool
        /// Tells the task, and returns the claims that nobody has where the task was given up.
        var send: @Sendable () -> [Claim]
    }

    private enum State: UInt8, AtomicRepresentable {
        case waiting, answered, givenUp
    }

    /// When the task is given up; nil for one that waits as long as it takes.
    let deadline: ContinuousClock.Instant?
    private let state = Atomic(State.waiting)
    private let work: @Sendable (Job, SQLiteConnection) throws -> Answer
    private let refuse: @Sendable (any Error) -> Void

    /// - Parameters:
    ///   - isDeferrable: whether an answer may be sent before it is durable.
    ///   - claims: what an answer gives to the task, and nobody else knows of.
    init<Value: Sendable>(
        until deadline: ContinuousClock.Instant?,
        _ continuation: CheckedContinuation<Value, any Error>,
        isDeferrable: @escaping @Sendable (Value) -> Bool,
        claims: @escaping @Sendable (Value) -> [Claim],
        _ body: @escaping @Sendable (SQLiteConnection) throws -> Value
    ) {
        self.deadline = deadline
        work = { job, connection in
            let value = try body(connection)
            return Answer(isDeferred: isDeferrable(value)) {
                guard job.leaveWaiting(for: .answered) else { return claims(value) }
                continuation.resume(returning: value)
                return []
            }
        }
        refuse = { continuation.resume(throwing: $0) }
    }

    /// Whether nobody waits for it any more, and nobody was answered.
    var isGivenUp: Bool { state.load(ordering: .acquiring) == .givenUp }

    var isWaiting: Bool { state.load(ordering: .acquiring) == .waiting }

    func apply(_ connection: SQLiteConnection) throws -> Answer { try work(self, connection) }

    /// Tells the task that nothing comes of it, unless it was told something before.
    func fail(_ error: any Error) {
        if leaveWaiting(for: .givenUp) { refuse(error) }
    }

    private func leaveWaiting(for next: State) -> Bool {
        state.compareExchange(expected: .waiting, desired: next, ordering: .acquiringAndReleasing).exchanged
    }
}
