import HTTPTypes
import Hummingbird
import Plivo

/// Hands the webhook port's requests to the gate, on Hummingbird.
struct WebhookResponder: HTTPResponder {
    let gate: WebhookGate

    func respond(to request: Request, context: ListenerContext) async throws -> Response {
        let host = request.head.authority
        let body = host == nil ? [] : try await request.bytes(upTo: WebhookRequest.maximumBody)
        let fields = WebhookFields(request.headers)
        let answer = await gate.answer(
            WebhookRequest(
                method: request.method.rawValue,
                target: request.head.path ?? "",
                host: host,
                contentType: fields.contentType,
                signature: fields.signature,
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
        return request.method == .head ? response.createHeadResponse() : response
    }
}

/// What a webhook's header says, found in one pass.
private struct WebhookFields {
    var contentType: String?
    var signature = SignatureHeaders()

    private static let signatureName = HTTPField.Name(SignatureHeaders.signatureName)
    private static let mainAccountSignatureName = HTTPField.Name(SignatureHeaders.mainAccountSignatureName)
    private static let nonceName = HTTPField.Name(SignatureHeaders.nonceName)
    private static let messageSignatureName = HTTPField.Name(SignatureHeaders.messageSignatureName)
    private static let mainAccountMessageSignatureName = HTTPField.Name(
        SignatureHeaders.mainAccountMessageSignatureName
    )
    private static let messageNonceName = HTTPField.Name(SignatureHeaders.messageNonceName)

    init(_ fields: HTTPFields) {
        for field in fields {
            switch field.name {
            case .contentType: Self.add(field.value, to: &contentType)
            case Self.signatureName: Self.add(field.value, to: &signature.signature)
            case Self.mainAccountSignatureName: Self.add(field.value, to: &signature.mainAccountSignature)
            case Self.nonceName: Self.add(field.value, to: &signature.nonce)
            case Self.messageSignatureName: Self.add(field.value, to: &signature.messageSignature)
            case Self.mainAccountMessageSignatureName:
                Self.add(field.value, to: &signature.mainAccountMessageSignature)
            case Self.messageNonceName: Self.add(field.value, to: &signature.messageNonce)
            default: break
            }
        }
    }

    /// A field that comes in several lines is one value, joined by commas (RFC 9110, section 5.3).
    private static func add(_ line: String, to value: inout String?) {
        value = value.map { $0 + ", " + line } ?? line
    }
}
