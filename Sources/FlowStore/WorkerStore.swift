package import FlowCore

/// Keeps the processes that work on a store.
package protocol WorkerStore: Sendable {
    /// Says that `worker` is alive: advances its beat.
    func beat(_ worker: WorkerID, at now: Timestamp) async throws

    /// The beats of all workers, from which peers see who stands still.
    func beats() async throws -> [WorkerID: Int]

    /// Forgets a worker, so that what it held is free.
    func bury(_ worker: WorkerID) async throws
}
