package import FlowStore
import Synchronization

/// Where deliveries wait that this process committed, each born claimed by it, until its worker takes them.
///
/// A handover in memory: what is lost with the process is found by its peers, or by its next start, in the store.
package final class DeliveryInbox: Sendable {
    /// A delivery that was handed over.
    package struct Item: Sendable {
        package let claimed: ClaimedDelivery
        /// Before it was committed: its claim is that old.
        package let since: ContinuousClock.Instant
    }

    private struct State {
        var waiting: [Item] = []
        var listener: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    package init() {}

    /// Hands deliveries over; never waits.
    ///
    /// - Parameter since: an instant before they were committed.
    package func push(_ claimed: [ClaimedDelivery], since: ContinuousClock.Instant) {
        guard !claimed.isEmpty else { return }
        let listener = state.withLock { state in
            state.waiting += claimed.map { Item(claimed: $0, since: since) }
            return state.listener
        }
        listener?()
    }

    /// Takes all that wait, in the order they came.
    package func takeAll() -> [ClaimedDelivery] { takeItems().map(\.claimed) }

    /// Takes all that wait, in the order they came, and how old their claims are.
    package func takeItems() -> [Item] {
        state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
    }

    /// Calls `listener` after each push from now on, and at once where something waits.
    ///
    /// There is one at most: a new one takes the place of the last.
    package func onArrival(_ listener: (@Sendable () -> Void)?) {
        let waits = state.withLock { state in
            state.listener = listener
            return !state.waiting.isEmpty
        }
        if waits { listener?() }
    }
}
