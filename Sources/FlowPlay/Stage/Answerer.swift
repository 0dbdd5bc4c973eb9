package import FlowCore
package import FlowStore

/// Says what an app server answers: a script, a person, or the app server itself.
package protocol Answerer: Sendable {
    func answer(_ made: RequestMade) async -> ScriptedAnswer
}

/// An attempt of a request, as it would go out.
package struct RequestMade: Sendable {
    package var key: EffectKey
    package var node: String
    /// The number of the attempt, from 1.
    package var attempt: Int
    /// Whether Plivo waits for it.
    package var isOnCallPath: Bool
    package var request: OutboundRequest

    package var id: DeliveryID { DeliveryID(key) }

    /// The address with secrets as `<secret NAME>`.
    package var url: String { request.origin + request.target.redacted }
}
