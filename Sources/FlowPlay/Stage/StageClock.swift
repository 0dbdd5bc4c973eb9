package import FlowCore
import Synchronization

extension Timestamp {
    /// When a delivery is due that was still pending in a recorded call: what came of it is not known.
    static let never = Timestamp(milliseconds: .max)
}

/// A clock that stands still until somebody moves it.
package final class StageClock: Sendable {
    private let moment: Mutex<Timestamp>

    /// 2026-01-05, a Monday, at nine in the morning (UTC).
    package static let opening = Timestamp(milliseconds: 1_767_603_600_000)

    package init(at moment: Timestamp = opening) {
        self.moment = Mutex(moment)
    }

    package var now: Timestamp { moment.withLock { $0 } }

    /// Moves it on; it never goes back.
    package func advance(to later: Timestamp) {
        moment.withLock { $0 = max($0, later) }
    }

    package func advance(seconds: Int) {
        moment.withLock { $0 = $0 + seconds }
    }
}
