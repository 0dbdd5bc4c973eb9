/// What a node wants to happen next.
package enum Progress: Sendable {
    /// The node is done: the run goes on along the transition of this outcome.
    case outcome(String)
    /// The document that Plivo is told ends here, and the run waits.
    case await(Wait)
    /// A request whose answer decides what the caller hears: Plivo waits for it.
    case request(OutboundRequest)
    /// Requests that are delivered durably, off the call path.
    case order([OrderDraft], then: Then)

    package enum Then: Sendable {
        /// The run goes on at once.
        case outcome(String)
        /// The run waits until all of them have ended.
        case wait
    }
}

/// A request that a node orders; the walk gives it its key.
package struct OrderDraft: Sendable {
    package var request: OutboundRequest
    /// Attempts in all, the first included; nil for as many as the ladder has.
    package var attempts: Int?

    package init(_ request: OutboundRequest, attempts: Int? = nil) {
        self.request = request
        self.attempts = attempts
    }
}
