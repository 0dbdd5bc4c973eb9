import FlowCore
import FlowStore
import Logging
import Synchronization

/// Since when the store cannot be written, and what the log says about it.
final class StoreOutage: Sendable {
    private struct State {
        var since: Timestamp?
        /// The store's ``FlowStore/Store/commits`` when the outage began: the next one ends it.
        var commits = 0
        var lines = LineLimit()
        /// Calls with a damaged record that the log has named already.
        var damaged: Set<RunID> = []
    }

    private let store: any Store
    private let logger: Logger
    private let state = Mutex(State())

    init(store: any Store, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    /// Notes a failure.
    ///
    /// - Returns: when the outage began: with this failure, unless no commit has changed the disk since an earlier one.
    func began(at now: Timestamp) -> Timestamp {
        let commits = store.commits
        return state.withLock { state in
            // A clock that is set back begins anew, or Plivo would be put off for as long.
            let since = state.commits == commits ? min(state.since ?? now, now) : now
            (state.since, state.commits) = (since, commits)
            return since
        }
    }

    /// Says a line once a second at most, and how often it was left out since.
    func say(_ line: Logger.Message, _ call: RunID, _ error: any Error, at now: Timestamp) {
        guard let leftOut = state.withLock({ $0.lines.admit("\(line)", at: now) }) else { return }
        var metadata = Self.metadata(call, error)
        if leftOut > 0 { metadata["left_out"] = "\(leftOut)" }
        logger.critical(line, metadata: metadata)
    }

    /// Says once of a call that its record is damaged.
    func say(damaged call: RunID, _ error: StoreError) {
        guard state.withLock({ $0.damaged.insert(call).inserted }) else { return }
        logger.critical("a call's record is damaged: the call cannot go on", metadata: Self.metadata(call, error))
    }

    private static func metadata(_ call: RunID, _ error: any Error) -> Logger.Metadata {
        ["call": "\(LogText.clean(call.text))", "error": "\(LogText.clean("\(error)"))"]
    }
}
