import FlowCore
import FlowStore
import Synchronization

/// A store of which the versions of flows are gone, or cannot be read for a while.
final class PatchyStore: ForwardingStore {
    enum Versions: Sendable {
        case there, lost, unreadable
    }

    let inner: any Store
    private let state = Mutex(Versions.there)

    init(_ store: any Store) {
        inner = store
    }

    var versions: Versions {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }

    func version(_ id: VersionID) async throws -> FlowVersion? {
        switch versions {
        case .there: try await inner.version(id)
        case .lost: nil
        case .unreadable: throw StoreError("disk I/O error")
        }
    }
}
