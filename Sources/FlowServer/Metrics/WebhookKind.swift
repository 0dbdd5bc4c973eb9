import FlowCore

/// What a request on the webhook port was about, as metrics name it.
package enum WebhookKind: String, Hashable, Sendable, CaseIterable {
    case call, message, hangup
    /// The action of the element that a run waited for, or the `<Redirect>` behind that element.
    case result
    /// A callback that moves no turn: a leg, a recording.
    case event
    /// A URL with a token: what a callee hears, music.
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
            case .callback(let callback, _): callback.movesTurn ? .result : arrival.holdsToken ? .document : .event
            }
    }
}
