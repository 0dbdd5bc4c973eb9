import FlowCore
import FlowReports

/// What is sent back on the admin port.
package struct AdminAnswer: Hashable, Sendable {
    package var status = 200
    package var contentType: String
    package var body: [UInt8]
    /// The methods that there are, for a 405.
    package var allow: String?
    /// A token is wanted, for a 401.
    package var asksForToken = false

    static func json(_ report: some Encodable) throws -> Self {
        AdminAnswer(contentType: "application/json", body: try AdminJSON.bytes(report))
    }

    static func text(_ status: Int, _ line: String) -> Self {
        AdminAnswer(status: status, contentType: "text/plain; charset=utf-8", body: Array((line + "\n").utf8))
    }

    static func notAllowed(_ allow: String) -> Self {
        var answer = text(405, "expected the method \(allow)")
        answer.allow = allow
        return answer
    }

    static let badHost = text(400, "the Host field is missing, there twice or malformed")

    static let foreignHost = text(
        403,
        "the Host field names no address of this machine: ask for localhost or 127.0.0.1, or set FLOWD_ADMIN_TOKEN"
    )

    static let crossSite = text(403, "requests of another site's pages are not taken")

    static let unauthorized: Self = {
        var answer = text(401, "a bearer token is wanted: FLOWD_ADMIN_TOKEN")
        answer.asksForToken = true
        return answer
    }()

    /// The path, as a person sees it in the answer.
    static func notFound(_ what: String) -> Self {
        var line = "there is no "
        JSONText.appendEscaped(what.prefix(200), to: &line)
        return text(404, line)
    }
}
