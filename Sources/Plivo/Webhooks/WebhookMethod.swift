/// How Plivo sends a webhook: the parameters are the body of a POST, or the query of a GET.
package enum WebhookMethod: String, Hashable, Sendable {
    case get = "GET"
    case post = "POST"
}
