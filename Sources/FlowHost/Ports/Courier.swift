package import FlowCore
package import FlowStore

/// Carries one request to its app server, once.
package protocol Courier: Sendable {
    /// Sends `request` under `id` and waits for the answer, head and body, `limit` at most.
    ///
    /// Never throws: what goes wrong on the way is an answer without a status (``RequestResult/error``).
    func send(_ request: OutboundRequest, id: DeliveryID, limit: Duration) async -> CourierReply
}

/// What came back.
package struct CourierReply: Hashable, Sendable {
    package var result: RequestResult
    /// `Retry-After` in seconds from now, where the app server sent one.
    package var retryAfter: Int?

    package init(_ result: RequestResult, retryAfter: Int? = nil) {
        self.result = result
        self.retryAfter = retryAfter
    }
}
