import FlowCore
import Synchronization

/// One turn's place in a ``CrashGuard``, taken once however often the turn is decided.
final class CrashMark: Sendable {
    private let crashGuard: CrashGuard?
    private let call: CallID
    private let entry = Mutex<CrashGuard.Entry?>(nil)

    init(_ crashGuard: CrashGuard?, _ call: CallID) {
        self.crashGuard = crashGuard
        self.call = call
    }

    func begin() {
        guard let crashGuard else { return }
        entry.withLock { $0 = $0 ?? crashGuard.enter(call) }
    }

    func end(_ proof: CrashProof) {
        guard let entry = entry.withLock({ $0.take() }) else { return }
        crashGuard?.leave(entry, proof)
    }
}
