/// What the webhook is answered.
package enum HostAnswer: Sendable {
    /// The document, with status 200.
    case answer([UInt8])
    /// There is no such flow, and no such call: 404.
    case unknownFlow
    /// Nothing can be promised now: 503, and Plivo asks again.
    case unavailable
}
