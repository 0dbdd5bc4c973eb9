/// A request on the admin port.
package struct AdminRequest: Sendable {
    package var method: String
    package var path: String
    package var query: String
    /// The host and port that it is for; nil where HTTP's rules forbid how they came, empty where HTTP/1.0 named none.
    package var host: String?
    package var authorization: String?
    /// Which page asks, as a browser says.
    package var origin: String?
    /// How that page is related to this server, as a browser says (`Sec-Fetch-Site`).
    package var fetchSite: String?

    package init(
        method: String,
        target: String,
        host: String?,
        authorization: String? = nil,
        origin: String? = nil,
        fetchSite: String? = nil
    ) {
        (path, query) = RequestTarget.split(target)
        self.method = method
        self.host = host
        self.authorization = authorization
        self.origin = origin
        self.fetchSite = fetchSite
    }

    /// Whether it only reads, and has a body in its answer or could have had one.
    var isRead: Bool { method == "GET" || method == "HEAD" }
}
