/// What the webhook is answered.
package enum HostAnswer: Sendable {
    /// The document, with status 200.
    case answer([UInt8])
    /// The document, with status 200, of a call, message or event that no flow takes: nothing follows from it.
    case refused([UInt8], HostRefusal)
    /// There is no such flow, and no such call: 404.
    case unknownFlow
    /// Nothing can be promised now: 503, and Plivo asks again.
    case unavailable
}

/// Why no flow takes a call, a message or an event.
package enum HostRefusal: Hashable, Sendable {
    /// No flow answers the number, as Plivo sent it.
    case number(String)
    /// The flow has no transition for the outcome.
    case outcome(String, flow: String)
    /// An event, by its name, of a run that is not known: no side run begins.
    case event(String, flow: String)
}
