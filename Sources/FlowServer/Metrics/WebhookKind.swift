import FlowCore

/// What a request on the webhook port was about, as metrics name it.
package enum WebhookKind: String, Hashable, Sendable, CaseIterable {
    case call, message, hangup
    /// A dial's action.
    case dialResult = "dial_result"
    /// A dial's callback.
    case event
    /// A confirmation, or music.
    case document
    case health
    /// It was refused before anyone could say.
    case other

    init(_ arrival: Arrival) {
        self =
            switch arrival.kind {
            case .call: .call
            case .message: .message
            case .hangup: .hangup
            case .dialEnded: .dialResult
            case .leg: .event
            }
    }
}
