import FlowCore
import FlowDocument
import FlowStore
import Synchronization

/// The flows at hand: those that are live, and versions of calls under way that were loaded from the store.
final class FlowShelf: Sendable {
    private struct State {
        var live: FlowSet
        /// Versions that are not live, as they were needed.
        var loaded: [VersionID: Flow] = [:]
    }

    /// Loaded versions that are kept.
    private static let limit = 1_000

    private let store: any VersionStore
    private let state: Mutex<State>

    init(_ live: FlowSet, store: any VersionStore) {
        self.store = store
        state = Mutex(State(live: live))
    }

    /// The live set; its versions are in the store before it is set.
    var live: FlowSet {
        get { state.withLock { $0.live } }
        set { state.withLock { $0.live = newValue } }
    }

    /// All that can be had without asking the store.
    ///
    /// - Parameter lost: versions that are known to be lost.
    func atHand(lost: Set<VersionID> = []) -> FlowsAtHand {
        state.withLock { FlowsAtHand(live: $0.live, loaded: $0.loaded, lost: lost) }
    }

    /// A version that is in memory.
    func loaded(_ id: VersionID) -> Flow? { state.withLock { $0.live[version: id] ?? $0.loaded[id] } }

    /// A version that is live, or from the store.
    ///
    /// - Returns: nil where the store has none that this flowd can read, now or later.
    func flow(_ id: VersionID) async throws -> Flow? {
        if let known = loaded(id) { return known }
        guard let version = try await store.version(id) else { return nil }
        let build = FlowBuilder.build(source: version.source, file: version.file, format: version.format, version: id)
        guard let flow = build.flow, !build.hasErrors else { return nil }
        state.withLock { state in
            if state.loaded.count >= Self.limit { state.loaded.removeAll() }
            state.loaded[id] = flow
        }
        return flow
    }
}
