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

    static let tooLarge = WebhookAnswer(
        status: 413,
        body: explained("the body has more than \(WebhookRequest.maximumBody) bytes"),
        closesConnection: true
    )

    static func notAllowed(_ allow: String) -> Self {
        WebhookAnswer(status: 405, body: explained("methods are \(allow)"), allow: allow)
    }

    /// Says nothing to whoever is not Plivo.
    package static let forbidden = WebhookAnswer(status: 403)

    static let notFound = WebhookAnswer(status: 404, body: explained("there is nothing at this address"))
    static let unknownFlow = WebhookAnswer(status: 404, body: explained("there is no such flow"))

    static func notAWebhook(_ reason: String) -> Self { WebhookAnswer(status: 400, body: explained(reason)) }

    /// Plivo asks again.
    static let unavailable = WebhookAnswer(status: 503, body: explained("the store cannot be reached"))

    /// A document of one line that does nothing and says why: whoever reads XML may read it, and so may people.
    private static func explained(_ reason: String) -> [UInt8] {
        var text = ""
        for scalar in reason.unicodeScalars {
            switch scalar {
            // A comment cannot hold two hyphens in a row, nor control characters (XML 1.0, sections 2.2 and 2.5).
            case "-" where text.hasSuffix("-"): text += " -"
            case "\u{0}"..<" ", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": text += " "
            default: text.unicodeScalars.append(scalar)
            }
        }
        return Array("<Response><!-- \(text) --></Response>".utf8)
    }
}
