import FlowStoreSQLite
import Synchronization

/// The alarms that a store gave, in their order.
final class AlarmLog: Sendable {
    private let kept = Mutex<[SQLiteStore.Alarm]>([])

    var all: [SQLiteStore.Alarm] { kept.withLock { $0 } }

    func add(_ alarm: SQLiteStore.Alarm) { kept.withLock { $0.append(alarm) } }
}
