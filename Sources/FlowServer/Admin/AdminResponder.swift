import HTTPTypes
import Hummingbird

/// Hands the admin port's requests to the gate, on Hummingbird.
struct AdminResponder: HTTPResponder {
    let gate: AdminGate

    /// No request here has a body that counts.
    static let maximumBody = 4 * 1_024
    /// A slow reader shows that it reads once for each of these.
    private static let chunk = 64 * 1_024

    func respond(to request: Request, context: ListenerContext) async throws -> Response {
        let asked = AdminRequest(
            method: request.method.rawValue,
            target: request.head.path ?? "",
            host: request.head.authority,
            authorization: request.headers[.authorization],
            origin: request.headers[.origin],
            fetchSite: Self.fetchSiteName.flatMap { request.headers[$0] }
        )
        var response: Response
        if let refusal = gate.refusal(asked) {
            response = Self.response(refusal)
            // What came with it is not read, and nobody can say what else a strange request meant.
            if !asked.isRead || asked.host == nil { response.headers[.connection] = "close" }
        } else if try await request.bytes(upTo: Self.maximumBody) == nil {
            response = Response(status: .contentTooLarge, headers: [.connection: "close"])
        } else {
            response = Self.response(await gate.answer(asked))
        }
        return request.method == .head ? response.createHeadResponse() : response
    }

    private static let fetchSiteName = HTTPField.Name("Sec-Fetch-Site")

    private static func response(_ answer: AdminAnswer) -> Response {
        let starts = stride(from: 0, to: answer.body.count, by: chunk)
        let parts = starts.map { ByteBuffer(bytes: answer.body[$0..<min($0 + chunk, answer.body.count)]) }
        var response = Response(
            status: .init(code: answer.status),
            headers: [.contentType: answer.contentType, .cacheControl: "no-store"],
            body: ResponseBody(contentsOf: parts)
        )
        if let allow = answer.allow { response.headers[.allow] = allow }
        if answer.asksForToken { response.headers[.wwwAuthenticate] = "Bearer" }
        return response
    }
}
