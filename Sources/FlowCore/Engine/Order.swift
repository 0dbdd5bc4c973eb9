/// What has to happen in the world, once and durably, however often it takes.
package struct Order: Hashable, Sendable {
    package enum Kind: UInt8, Hashable, Sendable {
        /// A request to the user's app server.
        case report = 1
    }

    package var key: EffectKey
    package var kind: Kind
    package var request: OutboundRequest
    /// The first included; nil for as many as the ladder has.
    package var attempts: Int?

    package init(key: EffectKey, kind: Kind = .report, request: OutboundRequest, attempts: Int?) {
        self.key = key
        self.kind = kind
        self.request = request
        self.attempts = attempts
    }
}
