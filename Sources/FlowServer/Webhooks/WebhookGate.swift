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
    private let answers: AnswerXML
    /// nil where requests are not signed.
    private let verifier: SignatureVerifier?
    private let metrics: FlowMetrics
    private let warnings: SignatureWarnings

    package init(
        host: Host,
        addresses: WebhookAddresses,
        verifier: SignatureVerifier?,
        metrics: FlowMetrics,
        warnings: SignatureWarnings
    ) {
        self.host = host
        self.addresses = addresses
        self.verifier = verifier
        self.metrics = metrics
        self.warnings = warnings
        answers = AnswerXML(addresses: addresses)
    }

    package func answer(_ request: WebhookRequest) async -> WebhookAnswer {
        let began = ContinuousClock.now
        let (kind, answer) = await judge(request)
        metrics.answered(kind, status: answer.status, after: began.duration(to: .now))
        return answer
    }

    /// The refusals in their order: the first that applies.
    private func judge(_ request: WebhookRequest) async -> (WebhookKind, WebhookAnswer) {
        guard request.host != nil else { return (.other, .badHost) }
        guard let body = request.body else { return (.other, .tooLarge) }
        guard let method = WebhookMethod(request.method) else { return (.other, .notAllowed("GET, HEAD, POST")) }
        let path = addresses.publicURL.strip(request.path)
        if path == "/healthz" { return (.health, method == .get ? .healthy : .notAllowed("GET, HEAD")) }
        guard path == "/incoming" || path.hasPrefix("/flows/") else { return (.other, .notFound) }

        let place = WebhookPath(path)
        switch place {
        case .confirmation(let step, _)?: return (.document, await document(place, step, music: false))
        case .music(let step, _)?: return (.document, await document(place, step, music: true))
        default: break
        }
        let input = WebhookInput(request, method: method, body: body)
        guard isPlivos(request, method, input) else { return (.other, .forbidden) }
        guard let place else { return (.other, .unknownFlow) }
        do throws(Refusal) {
            if let objection = input.objection { throw objection }
            let arrival = try Arrival(at: place, input.parameters)
            return (WebhookKind(arrival), await Self.answer(host.answer(arrival)))
        } catch {
            if case .flow(let name) = place, !host.knows(flow: name) { return (.other, .unknownFlow) }
            return (.other, .notAWebhook(error.reason))
        }
    }

    private static func answer(_ answer: HostAnswer) -> WebhookAnswer {
        switch answer {
        case .answer(let bytes): .document(bytes)
        case .unknownFlow: .unknownFlow
        case .unavailable: .unavailable
        }
    }

    private func isPlivos(_ request: WebhookRequest, _ method: WebhookMethod, _ input: WebhookInput) -> Bool {
        guard let verifier else { return true }
        let url = addresses.publicURL.signed(request.path)
        guard input.isReadable else {
            warnings.refused(url, input.objection?.reason ?? "the parameters cannot be read")
            return false
        }
        let verdict = verifier.verify(
            method: method,
            url: url,
            query: input.query,
            form: input.form,
            headers: request.signature
        )
        switch verdict {
        case .valid: return true
        case .missing(let header): warnings.refused(url, "\(header) is missing")
        case .invalid: warnings.refused(url, "no signature belongs to this request and to an auth token")
        }
        return false
    }

    /// Found by its unguessable path, read only.
    private func document(_ path: WebhookPath?, _ step: StepAddress, music: Bool) async -> WebhookAnswer {
        guard let path, addresses.admits(path) else { return .notFound }
        do {
            guard let reply = try await host.document(for: step, music: music) else { return .notFound }
            return .document(try answers.bytes(reply))
        } catch is Refusal {
            return .notFound
        } catch {
            return .unavailable
        }
    }
}
