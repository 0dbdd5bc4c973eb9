package import FlowCore
package import FlowStore

/// A run that was looked up by its id, with all that a report tells of it.
package struct FoundRun: Sendable {
    package let run: Run
    package let deliveries: [Delivery]
    /// Other runs of the same call, the side runs that its events began, and of a side run the run before it.
    package let related: [Run]

    /// Looks for a call, a message, or an id of flowd's own.
    ///
    /// - Returns: nil where the store knows no run of that id.
    /// - Throws: ``StoreError``.
    package static func find(_ id: String, in store: some CallStore & DeliveryStore) async throws -> FoundRun? {
        for kind in [RunID.Kind.call, .message, .own] {
            guard let call = RunID(kind, id), let record = try await store.record(of: call), let run = record.runs.last
            else { continue }
            var related = record.runs.filter { $0 != run }
            for other in [run.origins.last?.parent].compactMap(\.self) + run.sideRuns {
                related += try await store.record(of: other)?.runs ?? []
            }
            return FoundRun(run: run, deliveries: try await store.deliveries(of: call), related: related)
        }
        return nil
    }
}
