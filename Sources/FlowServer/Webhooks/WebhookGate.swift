import FlowCore
package import FlowHost
package import FlowWeb
package import Plivo

/// The way from a request on the webhook port to the host, and back.
///
/// It knows bytes and paths but no server, so that another transport can take the place of the one there is. Nothing
/// about calls is decided here: a request is refused, or it is an arrival for the host.
package struct WebhookGate: Sendable {
    private let host: Host
    private let addresses: WebhookAddresses
    /// nil where requests are not signed.
    private let verifier: SignatureVerifier?
    private let metrics: FlowMetrics
    private let warnings: RefusalWarnings

    package init(
        host: Host,
        addresses: WebhookAddresses,
        verifier: SignatureVerifier?,
        metrics: FlowMetrics,
        warnings: RefusalWarnings
    ) {
        self.host = host
        self.addresses = addresses
        self.verifier = verifier
        self.metrics = metrics
        self.warnings = warnings
    }

    package func answer(_ request: WebhookRequest) async -> WebhookAnswer {
        let began = ContinuousClock.now
        let judgement = await judge(request)
        if let refusal = judgement.refusal {
            metrics.refused(refusal.reason)
            warnings.warn(refusal, url: addresses.publicURL.signed(request.path), status: judgement.answer.status)
        }
        metrics.answered(judgement.kind, status: judgement.answer.status, after: began.duration(to: .now))
        return judgement.answer
    }

    /// Notes what was answered 400 before it came here, as it was no HTTP.
    package func noteMalformed() {
        metrics.refused(.malformed)
        let refusal = WebhookRefusal(.malformed, "no HTTP/1.1, or a header over a limit")
        warnings.warn(refusal, url: addresses.publicURL.text, status: 400)
    }

    private struct Judgement {
        var kind = WebhookKind.other
        var answer: WebhookAnswer
        var refusal: WebhookRefusal?

        init(_ kind: WebhookKind, _ answer: WebhookAnswer, _ refusal: WebhookRefusal? = nil) {
            self.kind = kind
            self.answer = answer
            self.refusal = refusal
        }

        init(_ answer: WebhookAnswer, _ reason: RefusalReason, _ words: String, flow: String? = nil) {
            self.answer = answer
            refusal = WebhookRefusal(reason, words, flow: flow)
        }
    }

    /// The refusals in their order: the first that applies.
    private func judge(_ request: WebhookRequest) async -> Judgement {
        guard request.host != nil else {
            return Judgement(.badHost, .host, "the Host field is missing, there twice or malformed")
        }
        guard let body = request.body else {
            return Judgement(.tooLarge, .tooLarge, "the body has more than \(WebhookRequest.maximumBody) bytes")
        }
        guard let method = WebhookMethod(request.method) else {
            return Judgement(.notAllowed("GET, HEAD, POST"), .method, "the method is \(request.method)")
        }
        let path = addresses.publicURL.strip(PublicURL.tidy(request.path))
        if path == "/healthz" {
            guard method != .get else { return Judgement(.health, .healthy) }
            return Judgement(.notAllowed("GET, HEAD"), .method, "the method is \(request.method)")
        }
        guard path == "/incoming" || path.hasPrefix("/flows/") else {
            return Judgement(.notFound, .unknownAddress, "there is nothing at this address")
        }

        let address = WebhookPath(path)
        let input = WebhookInput(request, method: method, body: body)
        var isFree = false
        if case .callback(let callback)? = address, callback.token != nil {
            guard addresses.admits(.callback(callback)) else {
                return Judgement(.notFound, .unknownAddress, "there is no such document")
            }
            // The token lets it in without a signature, but never with a wrong one.
            isFree = !request.signature.hasVersion3 && !request.signature.hasVersion2
        }
        if !isFree, let words = forgery(request, method, address, input) {
            return Judgement(.forbidden, .signature, words)
        }
        guard let address else { return Judgement(.unknownFlow, .unknownFlow, "no flow has this address") }
        do throws(Refusal) {
            if let objection = input.objection { throw objection }
            let arrival = try Arrival(at: address, input.parameters)
            return judgement(await host.answer(arrival), arrival)
        } catch {
            if case .flow(let name) = address, !host.knows(flow: name) { return unknown(flow: name) }
            var flow: String?
            if case .flow(let name) = address { flow = name }
            return Judgement(.notAWebhook(error.reason), .notAWebhook, error.reason, flow: flow)
        }
    }

    private func judgement(_ answer: HostAnswer, _ arrival: Arrival) -> Judgement {
        let kind = WebhookKind(arrival)
        switch answer {
        case .answer(let bytes): return Judgement(kind, .document(bytes))
        case .refused(let bytes, let refusal): return Judgement(kind, .document(bytes), WebhookRefusal(refusal))
        case .unavailable: return Judgement(kind, .unavailable)
        case .unknownFlow:
            guard case .flow(let name) = arrival.target else {
                return Judgement(kind, .unknownFlow, WebhookRefusal(.unknownFlow, "there is no such flow"))
            }
            var judgement = unknown(flow: name)
            judgement.kind = kind
            return judgement
        }
    }

    private func unknown(flow: String) -> Judgement {
        Judgement(.unknownFlow, .unknownFlow, "there is no such flow", flow: flow)
    }

    /// - Returns: why a request is not Plivo's; nil where it is, or where requests are not signed.
    private func forgery(
        _ request: WebhookRequest,
        _ method: WebhookMethod,
        _ path: WebhookPath?,
        _ input: WebhookInput
    ) -> String? {
        guard let verifier else { return nil }
        guard input.isReadable else { return input.objection?.reason ?? "the parameters cannot be read" }
        let mayBeVersion2 = Self.mayBeVersion2(path, input.parameters)
        var verdict = Verdict.invalid
        // Nearly always the first is the one that Plivo signed.
        for url in addresses.publicURL.spellings(of: request.path, host: request.host ?? "") {
            verdict = verifier.verify(
                method: method,
                url: url,
                query: input.query,
                form: input.form,
                headers: request.signature,
                isMessage: mayBeVersion2
            )
            guard verdict == .invalid else { break }
        }
        switch verdict {
        case .valid: return nil
        case .missing(let header): return "\(header) is missing"
        case .invalid: return "no signature belongs to this request and to an auth token"
        }
    }

    /// Whether a signature of version 2 will do: for a message, and where a token lets a request in without any.
    private static func mayBeVersion2(_ path: WebhookPath?, _ parameters: Parameters) -> Bool {
        switch path {
        case .flow, .incoming, nil: parameters["MessageUUID"]?.isEmpty == false
        case .callback(let callback): callback.token != nil
        }
    }
}
