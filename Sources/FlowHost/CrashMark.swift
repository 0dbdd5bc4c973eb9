import FlowCore
import FlowStore
import Synchronization

/// A call's place in a ``CrashGuard`` while the store is at work on it.
final class CrashMark: TurnWatch {
    private let crashGuard: CrashGuard
    private let call: RunID
    private let entry = Mutex<CrashGuard.Entry?>(nil)

    init(_ crashGuard: CrashGuard, _ call: RunID) {
        self.crashGuard = crashGuard
        self.call = call
    }

    func turnBegins() {
        entry.withLock { $0 = $0 ?? crashGuard.enter(call) }
    }

    func turnEnds() {
        if let entry = entry.withLock({ $0.take() }) { crashGuard.leave(entry) }
    }
}
