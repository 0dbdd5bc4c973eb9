package import FlowCore
package import FlowStore

/// Calls, and the versions of flows that they run on.
extension SQLiteStore {
    package func turn<Answer: Sendable>(
        _ call: RunID,
        durability: Durability,
        _ decide: @escaping @Sendable (RunRecord?) -> (RecordChange, Answer)
    ) async throws -> (change: RecordChange, answer: Answer) {
        let isDeferred = durability == .deferred
        let watch = watch
        return try await write(
            isDeferrable: { isDeferred && $0.change.mayDefer && $0.change.allDeliveries.isEmpty },
            claims: { $0.change.claims }
        ) { connection in
            try watch.watch(call) { try connection.turn(call, decide) }
        }
    }

    package func record(of call: RunID) async throws -> RunRecord? {
        try await read(reader) { try $0.callRow(call)?.record }
    }

    package func calls(_ query: RunQuery) async throws -> [RunRecord] {
        try await calls(query) { $0 }
    }

    /// What `transform` makes of each call, newest first: no record is kept for longer than that takes.
    package func calls<Element: Sendable>(
        _ query: RunQuery,
        _ transform: @escaping @Sendable (RunRecord) -> Element
    ) async throws -> [Element] {
        try await read(archive) { try $0.calls(query, transform) }
    }

    package func callsDue(at now: Timestamp, limit: Int) async throws -> [RunID] {
        try await read(reader) { try $0.callsDue(at: now, limit: limit) }
    }

    // MARK: Versions

    package func save(_ version: FlowVersion) async throws { try await write { try $0.save(version) } }

    package func version(_ id: VersionID) async throws -> FlowVersion? {
        try await read(reader) { try $0.version(id) }
    }
}
