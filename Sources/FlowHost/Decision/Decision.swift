package import FlowCore
package import FlowStore

/// What an event changes and what follows from it; made without effects, so that a store may ask again.
package struct Decision: Sendable {
    /// What is to be done once the change is durable.
    package enum Verdict: Sendable, Equatable {
        case answer([UInt8])
        /// A request on the call path: send it, and come back with its result.
        case ask(PendingRequest, turn: Int)
        /// Another process asks for this very webhook, until then at most: look again.
        case wait(until: Timestamp)
        /// The run is on a version that has to be loaded first.
        case needs(VersionID)
        case unknownFlow
    }

    package var change = RecordChange()
    package var verdict: Verdict
    /// Whether the answer was given before.
    package var isDuplicate = false
    /// Whether an event began no side run because there are too many; so is every later one of the run, unsaid.
    package var sideRunsEnd = false
    /// Why no flow takes what came.
    package var refusal: HostRefusal?

    package init(_ verdict: Verdict, isDuplicate: Bool = false) {
        self.verdict = verdict
        self.isDuplicate = isDuplicate
    }
}
