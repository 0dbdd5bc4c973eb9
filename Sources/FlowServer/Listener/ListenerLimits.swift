package import NIOCore

/// How much of a listener's time and room one client may take.
package struct ListenerLimits: Sendable {
    /// Connections at once; the next waits until one is closed.
    package var connections = 4_096
    /// Connections that wait to be accepted.
    package var backlog = 1_024
    /// From the connection to the end of its first request's header.
    package var firstRequest = TimeAmount.seconds(20)
    /// From a request's header to the end of its body.
    package var request = TimeAmount.seconds(10)
    /// Without a request.
    package var keepAlive = TimeAmount.seconds(75)
    /// While a client does not read its answer.
    package var writeStall = TimeAmount.seconds(10)
    /// For a client to read an answer after which the connection is closed.
    package var linger = TimeAmount.seconds(1)
    /// Bytes of one header field, the request line included.
    package var headerField = 8 * 1_024
    /// Bytes of all header fields.
    package var header = 16 * 1_024
    package var headerFields = 100
    /// Bytes of a body.
    package var body: Int
    /// How long requests under way may take when the listener is told to stop.
    package var drain = Duration.milliseconds(6_500)

    /// - Parameter body: bytes of a body.
    package init(body: Int) {
        self.body = body
    }
}
