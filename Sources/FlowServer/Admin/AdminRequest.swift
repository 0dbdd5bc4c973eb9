/// A request on the admin port.
package struct AdminRequest: Sendable {
    package var method: String
    package var path: String
    package var query: String
    package var authorization: String?
    /// A browser says which page asks.
    package var origin: String?

    package init(method: String, target: String, authorization: String? = nil, origin: String? = nil) {
        (path, query) = RequestTarget.split(target)
        self.method = method
        self.authorization = authorization
        self.origin = origin
    }
}
