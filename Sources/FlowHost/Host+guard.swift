import FlowCore
import Logging
import Synchronization

/// A call that was set aside: flowd died of it too often.
struct ParkedCall: Error {}

extension Host {
    /// Does what changes a call, watched by the ``CrashGuard``; `body` says when it begins.
    ///
    /// Suspects wait for each other. The wait for the store counts for nobody: only who is with the decision, or with
    /// the commit behind it, can be what flowd died of.
    ///
    /// - Throws: ``ParkedCall`` for one that was set aside.
    func guarded<Value: Sendable>(
        _ call: CallID,
        _ body: @escaping @Sendable (CrashMark) async throws -> Value
    ) async throws -> Value {
        guard let crashGuard else { return try await body(CrashMark(nil, call)) }
        switch crashGuard.standing(of: call) {
        case .clear: return try await marked(call, crashGuard, body)
        case .suspect: return try await crashGuard.alone { try await self.marked(call, crashGuard, body) }
        case .parked:
            if isNews(parked: call) {
                counters.countParkedRun()
                logger.critical(
                    "a call was set aside: flowd died of it too often",
                    metadata: ["call": "\(LogText.clean(call.text))", "crashes": "\(CrashGuard.crashesAtMost)"]
                )
            }
            throw ParkedCall()
        }
    }

    private func marked<Value: Sendable>(
        _ call: CallID,
        _ crashGuard: CrashGuard,
        _ body: @Sendable (CrashMark) async throws -> Value
    ) async throws -> Value {
        let mark = CrashMark(crashGuard, call)
        do {
            let value = try await body(mark)
            mark.end(isCommitted: true)
            return value
        } catch {
            mark.end(isCommitted: false)
            throw error
        }
    }
}

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

    func end(isCommitted: Bool) {
        guard let entry = entry.withLock({ $0.take() }) else { return }
        crashGuard?.leave(entry, isCommitted: isCommitted)
    }
}

extension Arrival {
    /// Whether a caller listens to the answer.
    var hearsApology: Bool {
        switch kind {
        case .call, .dialEnded: true
        case .message, .hangup, .leg: false
        }
    }
}
