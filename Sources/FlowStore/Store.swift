package import FlowCore

/// Everything that has to survive a crash: calls, reports and the flow versions they run on.
///
/// Whatever a function has returned from is durable, ``Durability/deferred`` turns aside. A store is shared by all
/// tasks of a process and, where its kind allows, by several processes. Errors are ``StoreError``.
package protocol Store: Sendable {
    // MARK: Calls

    /// Changes a call: reads its record, asks `decide`, and writes what that says, all of it or nothing.
    ///
    /// `decide` is pure, does not throw, may be asked again with a newer record, and sees no other call's turn in
    /// between. Turns of one call happen one after the other. Deliveries come with their call's record, or after it; an
    /// id that is there already is an error.
    ///
    /// - Parameter watch: told when the call's row is about to be read, and when its rows are written.
    /// - Returns: the change that was written.
    func turn(
        _ call: RunID,
        durability: Durability,
        watch: (any TurnWatch)?,
        _ decide: @escaping @Sendable (RunRecord?) -> RecordChange
    ) async throws -> RecordChange

    /// Writes down an attempt and, in the same commit, what the end of its delivery does to its call.
    ///
    /// `decide` is asked after every attempt, also one that ends nothing or moves no run. The claim ends with it. Where
    /// the call's record is damaged, the attempt is written without it.
    ///
    /// - Returns: the change that was written, or nil where the claim is no longer `claim`: nothing was written then.
    func record(
        _ attempt: Delivery.Attempt,
        _ next: Delivery.Next,
        of claim: Claim,
        watch: (any TurnWatch)?,
        _ decide: @escaping @Sendable (RunRecord?) -> RecordChange
    ) async throws -> RecordChange?

    func record(of call: RunID) async throws -> RunRecord?

    /// Calls, newest first.
    func calls(_ query: RunQuery) async throws -> [RunRecord]

    /// Calls of which a run wanted to be woken by `now`, the most overdue first.
    func callsDue(at now: Timestamp, limit: Int) async throws -> [RunID]

    // MARK: Deliveries

    /// Takes pending deliveries that are due and that no living worker holds, in due order.
    ///
    /// - Parameter perOrigin: how many of one origin are taken at most, less those in `busy`.
    func claim(
        by worker: WorkerID,
        at now: Timestamp,
        limit: Int,
        perOrigin: Int,
        busy: [String: Int]
    ) async throws -> [ClaimedDelivery]

    /// Whether `claim` still stands; asked before each send.
    func holds(_ claim: Claim) async throws -> Bool

    /// Gives back what was claimed and not sent, so that another takes it at once.
    func release(_ claims: [Claim]) async throws

    func delivery(_ id: DeliveryID) async throws -> Delivery?
    func deliveries(_ query: DeliveryQuery) async throws -> [Delivery]
    func deliveries(of call: RunID) async throws -> [Delivery]

    /// Makes a delivery due again, whatever its state, on a new ladder.
    ///
    /// One that had ended moves its run no more; one that was pending still does, and stays with whoever holds it.
    ///
    /// - Returns: whether there is such a delivery.
    func retry(_ id: DeliveryID, at now: Timestamp) async throws -> Bool

    /// How many deliveries there are of each state, and when the first of the pending ones is or was due.
    func backlog() async throws -> Backlog

    // MARK: Workers

    /// Says that `worker` is alive: advances its beat.
    func beat(_ worker: WorkerID, at now: Timestamp) async throws

    /// The beats of all workers, from which peers see who stands still.
    func beats() async throws -> [WorkerID: Int]

    /// Forgets a worker, so that what it held is free.
    func bury(_ worker: WorkerID) async throws

    // MARK: Versions

    func save(_ version: FlowVersion) async throws

    /// - Returns: nil where there is none, or none that is what it was.
    func version(_ id: VersionID) async throws -> FlowVersion?

    // MARK: Upkeep

    /// A key that all processes on this store share; the same after a restart. 32 bytes.
    func sharedKey() async throws -> [UInt8]

    /// Removes what is over and was last touched before `limit`: calls of which no run and no delivery is under way,
    /// together with their deliveries, and versions that no call ran on.
    ///
    /// The last ``FlowVersion/alwaysKept`` versions of a flow stay in any case.
    ///
    /// - Parameter batch: how many calls go at most.
    /// - Returns: how many rows went.
    func prune(before limit: Timestamp, batch: Int) async throws -> Int

    /// Compares what calls ordered with the deliveries there are.
    func audit() async throws -> Audit

    /// How many commits of this process have changed what is on the disk.
    ///
    /// A failure ends with the next of them, and with nothing else: a commit that changes nothing never touches the disk.
    var commits: Int { get }

    /// Writes something of no meaning, and throws where that cannot be done.
    func check() async throws

    /// Writes out what was deferred and lets go of the file.
    func close() async throws
}

extension Store {
    /// Changes a call, unwatched.
    package func turn(
        _ call: RunID,
        durability: Durability,
        _ decide: @escaping @Sendable (RunRecord?) -> RecordChange
    ) async throws -> RecordChange {
        try await turn(call, durability: durability, watch: nil, decide)
    }

    /// Writes down an attempt, unwatched.
    package func record(
        _ attempt: Delivery.Attempt,
        _ next: Delivery.Next,
        of claim: Claim,
        _ decide: @escaping @Sendable (RunRecord?) -> RecordChange
    ) async throws -> RecordChange? {
        try await record(attempt, next, of: claim, watch: nil, decide)
    }
}

/// When a turn is durable.
package enum Durability: Sendable {
    /// Before the turn returns.
    case synced
    /// Within 10 ms of it: for turns that the next webhook alone can rebuild.
    case deferred
}
