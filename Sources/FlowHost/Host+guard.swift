import FlowCore
import FlowStore
import Logging

/// A call that was set aside: flowd died of it too often.
struct ParkedCall: Error {}

extension Host {
    /// Does what changes a call, watched by the ``CrashGuard``; `body` hands the watch to the store.
    ///
    /// Suspects wait for each other. Waiting counts for nobody, neither for the store nor for the disk: only who is being
    /// read, decided or written can be what flowd died of.
    ///
    /// - Throws: ``ParkedCall`` for one that was set aside.
    func guarded(
        _ call: RunID,
        _ body: @escaping @Sendable ((any TurnWatch)?) async throws -> RecordChange?
    ) async throws -> RecordChange? {
        guard let crashGuard else { return try await body(nil) }
        switch crashGuard.standing(of: call) {
        case .clear: return try await body(CrashMark(crashGuard, call))
        case .suspect: return try await apart(call, crashGuard, body)
        case .parked, .hopeless:
            note(parked: call)
            throw ParkedCall()
        }
    }

    /// Whether a call was set aside; said and counted once.
    func isParked(_ call: RunID) -> Bool {
        guard crashGuard?.standing(of: call).isAside == true else { return false }
        note(parked: call)
        return true
    }

    private func note(parked call: RunID) {
        guard isNews(parked: call) else { return }
        counters.countParkedCall()
        logger.critical(
            "a call was set aside: flowd died of it too often",
            metadata: ["call": "\(LogText.clean(call.text))"]
        )
    }

    /// Does it while no other suspect's turn is under way, and notes what it shows of the call.
    func apart(
        _ call: RunID,
        _ crashGuard: CrashGuard,
        _ body: @escaping @Sendable ((any TurnWatch)?) async throws -> RecordChange?
    ) async throws -> RecordChange? {
        try await crashGuard.alone {
            let change = try await body(CrashMark(crashGuard, call))
            crashGuard.acquit(call, CrashProof(change))
            return change
        }
    }
}
