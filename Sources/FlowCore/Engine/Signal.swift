/// What moves a node that waits.
package enum Signal: Hashable, Sendable {
    /// Plivo came to one of the URLs that the node's last document named.
    case callback(Callback)
    /// A request on the call path was answered, or a delivery that the node waits for has ended.
    case requestEnded(EffectKey, RequestResult)
    /// The call is over: ``CallState/hangup`` says how.
    case hungUp
    /// The time of the wait, or the grace after a hangup, is over.
    case timeIsUp
}
