package import FlowCore
package import FlowHost
package import FlowStore

/// What an app server answers to one attempt of a request.
package struct ScriptedAnswer: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case status(Int)
        /// Nothing comes for as long as the request may take.
        case timeout
        /// Nobody listens.
        case refused
        /// What a courier said instead, in its words.
        case error(String)
    }

    package var kind: Kind
    package var body: String
    package var contentType: String
    /// `Retry-After`, in seconds.
    package var retryAfter: Int?
    /// Seconds until the answer is there.
    package var after: Int
    /// When it was there in a recorded call; nil in a case that somebody wrote.
    package var cameAt: Timestamp?
    /// What followed in a recorded call, whose ladder may have been another; nil leaves it to the ladder.
    package var next: Delivery.Next?

    package init(
        _ kind: Kind,
        body: String = "",
        contentType: String = "",
        retryAfter: Int? = nil,
        after: Int = 0
    ) {
        self.kind = kind
        self.body = body
        self.contentType = contentType
        self.retryAfter = retryAfter
        self.after = after
    }

    /// Whether a delivery has arrived by it.
    var isSuccess: Bool {
        guard case .status(let status) = kind else { return false }
        return (200...299).contains(status)
    }

    /// The words that stand for an answer without a status.
    package static let words = ["timeout", "refused"]

    package init(_ reply: CourierReply) {
        let result = reply.result
        self.init(
            result.statusCode == 0 ? .error(result.error) : .status(result.statusCode),
            body: String(decoding: result.body, as: UTF8.self),
            contentType: result.contentType,
            retryAfter: reply.retryAfter
        )
    }

    /// The same as a courier would tell it, and how many seconds it takes.
    func reply(to request: OutboundRequest) -> (CourierReply, seconds: Int) {
        if after >= request.timeout, kind != .refused { return (Self.late(request), request.timeout) }
        switch kind {
        case .timeout: return (Self.late(request), request.timeout)
        case .refused: return (CourierReply(RequestResult(error: "connection refused")), after)
        case .error(let words): return (CourierReply(RequestResult(error: words)), after)
        case .status(let status):
            let result = RequestResult(statusCode: status, contentType: contentType, body: Array(body.utf8))
            return (CourierReply(result, retryAfter: retryAfter), after)
        }
    }

    private static func late(_ request: OutboundRequest) -> CourierReply {
        CourierReply(RequestResult(error: "timed out after \(request.timeout) s"))
    }

    /// How a transcript names it.
    package func text(to request: OutboundRequest) -> String {
        switch kind {
        case .status(let status) where after >= request.timeout: "\(status), too late after \(after) s"
        case .status(let status): after > 0 ? "\(status) after \(after) s" : String(status)
        case .timeout: "timeout after \(request.timeout) s"
        case .refused: "refused"
        case .error(let words): words
        }
    }
}
