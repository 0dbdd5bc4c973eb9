import FlowCore
import FlowStore

/// What a turn shows of a call that flowd may have died of.
package enum CrashProof: Sendable {
    /// Nothing: the turn failed, or changed nothing, so that its flow may not have been asked.
    case none
    /// The call got through a turn.
    case turn
    /// All its runs have ended: there is nothing left to die of.
    case end

    init(_ change: RecordChange?) {
        guard let record = change?.record else {
            self = .none
            return
        }
        self = record.runs.allSatisfy(\.hasEnded) ? .end : .turn
    }
}
