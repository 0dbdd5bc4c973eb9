package import FlowCore
package import FlowWeb

/// What Plivo wants with a request to a flow's one address.
///
/// A Plivo application's answer, hangup, fallback and message URL may all be the same, so the parameters tell them
/// apart (voice/xml/request, messaging/api/message/handling-incoming), in this order:
/// `MessageUUID` is a message; `Event=Hangup`, or a `HangupCause` with a final `CallStatus` and no `DialStatus`, is a
/// hangup; `CallUUID` is a call, whether Plivo came to the answer or to the fallback URL.
package enum Webhook: Hashable, Sendable {
    case call(RunID)
    case message(RunID)
    case hangup(RunID, Hangup)

    /// - Throws: ``Refusal`` where it is none of these, or its UUID is empty or longer than any UUID.
    package init(_ parameters: Parameters) throws(Refusal) {
        if let id = try RunID(.message, in: parameters) {
            self = .message(id)
            return
        }
        guard let id = try RunID(.call, in: parameters) else {
            throw Refusal("no plivo webhook: neither \"CallUUID\" nor \"MessageUUID\" is there")
        }
        self = Self.isHangup(parameters) ? .hangup(id, Hangup(parameters)) : .call(id)
    }

    /// The call, or the message, that it is about.
    package var id: RunID {
        switch self {
        case .call(let id), .message(let id), .hangup(let id, _): id
        }
    }

    private static func isHangup(_ parameters: Parameters) -> Bool {
        if parameters["Event"] == "Hangup" { return true }
        guard parameters["HangupCause"] != nil, (parameters["DialStatus"] ?? "").isEmpty else { return false }
        return finalStatuses.contains(parameters["CallStatus"] ?? "")
    }

    private static let finalStatuses: Set<String> = ["completed", "busy", "failed", "timeout", "no-answer", "cancel"]
}

/// How Plivo sends a webhook: the parameters are the body of a POST, or the query of a GET.
package enum WebhookMethod: String, Hashable, Sendable {
    case get = "GET"
    case post = "POST"

    /// - Returns: nil for a method that is neither; a HEAD is a GET whose answer goes without its body.
    package init?(_ name: String) {
        switch name {
        case "GET", "HEAD": self = .get
        case "POST": self = .post
        default: return nil
        }
    }
}
