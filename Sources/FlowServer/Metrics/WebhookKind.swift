import FlowCore

/// What a request on the webhook port was about, as metrics name it.
package enum WebhookKind: String, Hashable, Sendable, CaseIterable {
    case call, message, hangup
    /// The action of the element that a run waited for, or the `<Redirect>` behind that element.
    case result
    /// A callback that moves no turn: a leg, a recording.
    case event
    /// A document beside the run's own: what a callee hears, music.
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
            case .callback(let callback, _) where callback.movesTurn: .result
            case .callback(let callback, _): Self.documents.contains(callback.name) ? .document : .event
            }
    }

    /// The names of callbacks that are answered with a document.
    private static let documents: Set<String> = Set(
        NodeTypes.all.flatMap { $0.description.callbacks }.filter { $0.answer == .document }.map(\.name)
    )
}
