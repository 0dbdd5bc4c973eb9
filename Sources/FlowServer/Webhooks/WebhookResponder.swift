import HTTPTypes
import Hummingbird
import Plivo

/// Hands the webhook port's requests to the gate, on Hummingbird.
struct WebhookResponder: HTTPResponder {
    let gate: WebhookGate

    func respond(to request: Request, context: ListenerContext) async throws -> Response {
        let body = try await request.bytes(upTo: WebhookRequest.maximumBody)
        let answer = await gate.answer(
            WebhookRequest(
                method: request.method.rawValue,
                target: request.head.path ?? "",
                contentType: request.headers[.contentType],
                signature: SignatureHeaders(
                    signature: request.header(SignatureHeaders.signatureName),
                    mainAccountSignature: request.header(SignatureHeaders.mainAccountSignatureName),
                    nonce: request.header(SignatureHeaders.nonceName)
                ),
                body: body
            )
        )
        var response = Response(
            status: .init(code: answer.status),
            headers: [.contentType: answer.contentType],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
        )
        if let allow = answer.allow { response.headers[.allow] = allow }
        if answer.closesConnection { response.headers[.connection] = "close" }
        return response
    }
}
