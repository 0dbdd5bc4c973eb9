import FlowCore
import FlowStore
import Logging

/// A call that was set aside: flowd died of it too often.
struct ParkedCall: Error {}

extension Host {
    /// Does what changes a call, watched by the ``CrashGuard``; `body` says when it begins.
    ///
    /// Suspects wait for each other. The wait for the store counts for nobody: only who is with the decision, or with
    /// the commit behind it, can be what flowd died of.
    ///
    /// - Throws: ``ParkedCall`` for one that was set aside.
    func guarded(
        _ call: CallID,
        _ body: @escaping @Sendable (CrashMark) async throws -> CallChange?
    ) async throws -> CallChange? {
        guard let crashGuard else { return try await body(CrashMark(nil, call)) }
        switch crashGuard.standing(of: call) {
        case .clear: return try await marked(call, crashGuard, body)
        case .suspect: return try await apart(call, crashGuard, body)
        case .parked, .hopeless:
            note(parked: call)
            throw ParkedCall()
        }
    }

    /// Whether a call was set aside; said and counted once.
    func isParked(_ call: CallID) -> Bool {
        guard crashGuard?.standing(of: call).isAside == true else { return false }
        note(parked: call)
        return true
    }

    private func note(parked call: CallID) {
        guard isNews(parked: call) else { return }
        counters.countParkedCall()
        logger.critical(
            "a call was set aside: flowd died of it too often",
            metadata: ["call": "\(LogText.clean(call.text))"]
        )
    }

    /// Does it while no other suspect's turn is under way.
    func apart(
        _ call: CallID,
        _ crashGuard: CrashGuard,
        _ body: @escaping @Sendable (CrashMark) async throws -> CallChange?
    ) async throws -> CallChange? {
        try await crashGuard.alone { try await self.marked(call, crashGuard, body) }
    }

    private func marked(
        _ call: CallID,
        _ crashGuard: CrashGuard,
        _ body: @Sendable (CrashMark) async throws -> CallChange?
    ) async throws -> CallChange? {
        let mark = CrashMark(crashGuard, call)
        do {
            let change = try await body(mark)
            mark.end(CrashProof(change))
            return change
        } catch {
            mark.end(.none)
            throw error
        }
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
