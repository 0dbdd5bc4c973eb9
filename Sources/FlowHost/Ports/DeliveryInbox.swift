package import FlowStore
import Synchronization

/// Where deliveries wait that this process committed, each born claimed by it, until its worker takes them.
///
/// A handover in memory: what is lost with the process is found by its peers, or by its next start, in the store.
package final class DeliveryInbox: Sendable {
    private struct State {
        var waiting: [ClaimedDelivery] = []
        var listener: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    package init() {}

    /// Hands deliveries over; never waits.
    package func push(_ claimed: [ClaimedDelivery]) {
        guard !claimed.isEmpty else { return }
        let listener = state.withLock { state in
            state.waiting += claimed
            return state.listener
        }
        listener?()
    }

    /// Takes all that wait, in the order they came.
    package func takeAll() -> [ClaimedDelivery] {
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
