package import Plivo

/// A request on the webhook port, as it came: nothing is decoded yet.
package struct WebhookRequest: Sendable {
    package var method: String
    /// As received, without the query.
    package var path: String
    /// As received, without its `?`; empty where there is none.
    package var query: String
    /// The host and port that it is for; nil where HTTP's rules forbid how they came, empty where HTTP/1.0 named none.
    package var host: String?
    package var contentType: String?
    package var signature: SignatureHeaders
    /// nil for more than ``maximumBody`` bytes.
    package var body: [UInt8]?

    package static let maximumBody = 64 * 1_024

    /// - Parameter target: the path and the query of the request line.
    package init(
        method: String,
        target: String,
        host: String? = "",
        contentType: String? = nil,
        signature: SignatureHeaders = SignatureHeaders(),
        body: [UInt8]? = []
    ) {
        let (path, query) = RequestTarget.split(target)
        self.method = method
        self.path = path
        self.query = query
        self.host = host
        self.contentType = contentType
        self.signature = signature
        self.body = body
    }
}
