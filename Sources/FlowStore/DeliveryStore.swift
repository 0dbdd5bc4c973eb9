package import FlowCore

/// Keeps the deliveries that calls ordered.
package protocol DeliveryStore: Sendable {
    /// Writes down an attempt and, in the same commit, what the end of its delivery does to its call.
    ///
    /// `decide` is asked after every attempt, also one that ends nothing or moves no run. The claim ends with it. Where
    /// the call's record is damaged, the attempt is written without it.
    ///
    /// - Returns: the change that was written, or nil where the claim is no longer `claim`: nothing was written then.
    /// - Throws: ``StoreError``.
    func settle(
        _ attempt: Delivery.Attempt,
        _ next: Delivery.Next,
        of claim: Claim,
        _ decide: @escaping @Sendable (RunRecord?) -> RecordChange
    ) async throws -> RecordChange?

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
    /// - Throws: ``StoreError``; of kind `notAgain` for one that has ended and held sensitive values.
    func retry(_ id: DeliveryID, at now: Timestamp) async throws -> Bool

    /// How many deliveries there are of each state, and when the first of the pending ones is or was due.
    func backlog() async throws -> Backlog
}
