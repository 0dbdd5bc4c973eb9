/// What a run waits for, and what the waiting node remembers meanwhile.
package struct Wait: Hashable, Sendable {
    /// What can end a wait; several may stand side by side.
    package struct Signals: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        /// The action of the last document, or the `<Redirect>` behind it.
        package static let callback = Signals(rawValue: 1)
        /// The answer to a request on the call path.
        package static let request = Signals(rawValue: 2)
        /// The end of deliveries.
        package static let deliveries = Signals(rawValue: 4)
    }

    package var node: Int
    package var signals: Signals
    /// The node's own memory.
    package var state: Datum
    /// When the node has waited long enough: ``Signal/timeIsUp``.
    package var until: Timestamp?
    /// Seconds for which the action may still come after a hangup; 0 where the hangup decides at once.
    package var hangupGrace: Int
    package var request: PendingRequest?
    /// Deliveries that have not ended.
    package var deliveries: [EffectKey]
    /// Fields that a newer flowd wrote, kept as they are.
    package var unknownFields = UnknownFields()

    package init(
        node: Int,
        for signals: Signals,
        state: Datum = .missing,
        until: Timestamp? = nil,
        hangupGrace: Int = 0
    ) {
        self.node = node
        self.signals = signals
        self.state = state
        self.until = until
        self.hangupGrace = hangupGrace
        deliveries = []
    }
}

/// A request on the call path whose answer has not come: Plivo is waiting.
package struct PendingRequest: Hashable, Sendable {
    package var key: EffectKey
    package var request: OutboundRequest
    /// When Plivo's webhook came: all requests of one webhook share ``RunLimits/callPathSeconds``.
    package var webhookAt: Timestamp
    /// Deadline of the asking process; after it another may repeat the request, under the same id.
    package var until: Timestamp
    /// How many nodes the webhook has led through.
    package var steps: Int

    package init(key: EffectKey, request: OutboundRequest, webhookAt: Timestamp, until: Timestamp, steps: Int) {
        self.key = key
        self.request = request
        self.webhookAt = webhookAt
        self.until = until
        self.steps = steps
    }
}
