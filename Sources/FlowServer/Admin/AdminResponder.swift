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
        guard try await request.bytes(upTo: Self.maximumBody) != nil else {
            return Response(status: .contentTooLarge, headers: [.connection: "close"])
        }
        let answer = await gate.answer(
            AdminRequest(
                method: request.method.rawValue,
                target: request.head.path ?? "",
                authorization: request.headers[.authorization],
                origin: request.headers[.origin]
            )
        )
        let starts = stride(from: 0, to: answer.body.count, by: Self.chunk)
        let parts = starts.map { ByteBuffer(bytes: answer.body[$0..<min($0 + Self.chunk, answer.body.count)]) }
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
