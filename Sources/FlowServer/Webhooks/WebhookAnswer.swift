import FlowCore
import FlowHost
import Plivo

/// What is sent back on the webhook port.
package struct WebhookAnswer: Hashable, Sendable {
    package var status: Int
    package var contentType = AnswerXML.contentType
    package var body: [UInt8] = []
    /// The methods that there are, for a 405.
    package var allow: String?
    /// What is left of the request is not read.
    package var closesConnection = false

    static func document(_ bytes: [UInt8]) -> Self { WebhookAnswer(status: 200, body: bytes) }

    static let healthy = WebhookAnswer(status: 200, contentType: "text/plain; charset=utf-8", body: Array("ok\n".utf8))

    static let tooLarge: Self = {
        var answer = refusal(413, "the body has more than \(WebhookRequest.maximumBody) bytes")
        answer.closesConnection = true
        return answer
    }()

    static let badHost: Self = {
        var answer = refusal(400, "the Host field is missing, there twice or malformed")
        answer.closesConnection = true
        return answer
    }()

    static func notAllowed(_ allow: String) -> Self {
        var answer = refusal(405, "methods are \(allow)")
        answer.allow = allow
        return answer
    }

    /// 403 with an empty body: a forger learns nothing.
    package static let forbidden = WebhookAnswer(status: 403)

    static let notFound = refusal(404, "there is nothing at this address")
    static let unknownFlow = refusal(404, "there is no such flow")

    static func notAWebhook(_ reason: String) -> Self { refusal(400, reason) }

    /// Plivo asks again.
    static let unavailable = WebhookAnswer(status: 503, body: Array("<Response/>".utf8))

    /// A refusal in one line of plain text: XML that Plivo runs says nothing of errors.
    private static func refusal(_ status: Int, _ reason: String) -> Self {
        let line = LogText.clean(reason) + "\n"
        return WebhookAnswer(status: status, contentType: "text/plain; charset=utf-8", body: Array(line.utf8))
    }
}
