/// What one event did to a run.
package struct Turn: Hashable, Sendable {
    package var run: Run
    /// What the webhook of this turn is answered; nil where a request has to be answered first, or nobody waits.
    package var reply: Reply?
    /// Requests to deliver, off the call path.
    package var deliveries: [DeliveryOrder]

    package init(run: Run, reply: Reply? = nil, deliveries: [DeliveryOrder] = []) {
        self.run = run
        self.reply = reply
        self.deliveries = deliveries
    }
}

/// A request that has to reach its app server, however often it takes.
package struct DeliveryOrder: Hashable, Sendable {
    package var key: EffectKey
    package var request: OutboundRequest
    /// The first included; nil for as many as the ladder has.
    package var attempts: Int?

    package init(key: EffectKey, request: OutboundRequest, attempts: Int?) {
        self.key = key
        self.request = request
        self.attempts = attempts
    }
}
