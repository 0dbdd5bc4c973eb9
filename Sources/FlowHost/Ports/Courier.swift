package import FlowCore
package import FlowStore

/// Carries one request to its app server, once.
package protocol Courier: Sendable {
    /// Asks what a caller waits for: the whole answer counts, head and body, within `limit`.
    ///
    /// Never throws: what goes wrong on the way is an answer without a status (``RequestResult/error``).
    func send(_ request: OutboundRequest, id: DeliveryID, limit: Duration) async -> CourierReply

    /// Delivers a report: the status decides, whatever becomes of the answer's body, within `limit`.
    ///
    /// - Parameter fence: asked as the last thing before the first byte.
    /// - Returns: nil where the fence is closed: nothing was sent. What else goes wrong on the way is an answer without
    ///   a status.
    func deliver(
        _ request: OutboundRequest,
        id: DeliveryID,
        limit: Duration,
        fence: SendFence
    ) async -> CourierReply?
}

extension Courier {
    package func deliver(
        _ request: OutboundRequest,
        id: DeliveryID,
        limit: Duration,
        fence: SendFence
    ) async -> CourierReply? {
        guard await fence.isOpen() else { return nil }
        return await send(request, id: id, limit: limit)
    }
}

/// Says whether a report still is this process's to send.
package struct SendFence: Sendable {
    /// Whether it is known, without asking anybody, that the report is this process's to send.
    package let isKnownOpen: @Sendable () -> Bool
    /// Asks whoever knows, and says whether the report is this process's to send.
    package let ask: @Sendable () async -> Bool

    package init(isKnownOpen: @escaping @Sendable () -> Bool, ask: @escaping @Sendable () async -> Bool) {
        self.isKnownOpen = isKnownOpen
        self.ask = ask
    }

    package func isOpen() async -> Bool {
        if isKnownOpen() { return true }
        return await ask()
    }
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
