package import FlowCore

/// Everything that has to survive a crash: calls, deliveries, workers and the flow versions that calls run on.
///
/// What a function has returned from is durable, ``Durability/deferred`` turns aside. A store is shared by all tasks of a
/// process and, where its kind allows, by several processes. Errors are ``StoreError``.
package protocol Store: CallStore, DeliveryStore, WorkerStore, VersionStore {
    /// How many commits of this process have changed what is on the disk.
    ///
    /// A failure ends with the next of them, and with nothing else: a commit that changes nothing never touches the disk.
    var commits: Int { get }

    /// A key that all processes on this store share; the same after a restart. 32 bytes.
    func sharedKey() async throws -> [UInt8]

    /// Removes what is over and was last touched before `limit`: calls without a run or a delivery under way, together
    /// with their deliveries, and versions that no call ran on.
    ///
    /// The last ``FlowVersion/alwaysKept`` versions of a flow stay in any case.
    ///
    /// - Parameter batch: how many calls go at most.
    /// - Returns: how many rows went.
    func prune(before limit: Timestamp, batch: Int) async throws -> Int

    /// Compares what calls ordered with the deliveries there are.
    func audit() async throws -> Audit

    /// Writes something of no meaning, and throws where that cannot be done.
    func check() async throws

    /// Writes out what was deferred and lets go of the file.
    func close() async throws
}
