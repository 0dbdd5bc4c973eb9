import Crypto
package import FlowCore

/// Checks that a webhook is Plivo's: HMAC-SHA256 with the account's auth token, version 3.
///
/// Version 1, which is SHA-1, is not taken. Version 2 signs neither query nor parameters: it is taken for messages,
/// which may come with nothing else, and never for calls.
/// A signature holds no time, so it stops no replay: that is for the rule that tells duplicates.
package struct SignatureVerifier: Sendable {
    /// By token: a hash that has the key inside already.
    private let keys: [HMAC<SHA256>]

    /// - Parameter tokens: auth tokens, several while one is rotated. With none nothing is valid.
    package init(tokens: [String]) {
        keys = tokens.map { HMAC(key: SymmetricKey(data: Array($0.utf8))) }
    }

    /// Says whether one of the tokens signed this request.
    ///
    /// The comparison takes the same time wherever it fails.
    ///
    /// - Parameters:
    ///   - method: it decides nothing but whether there may be a form.
    ///   - url: ``PublicURL/signed(_:)`` of the path as received: without query and fragment.
    ///   - query: of the request's URL, whatever the method.
    ///   - form: the body of a POST. A GET has none: one that brings a form is invalid, for nobody signs it.
    ///   - headers: as they came. Where one of version 3 is among them, version 2 is not looked at.
    ///   - isMessage: whether version 2 will do: for a message, and where a token admits a request without a signature.
    /// - Returns: what is missing before what is wrong.
    package func verify(
        method: WebhookMethod,
        url: String,
        query: Parameters,
        form: Parameters,
        headers: SignatureHeaders,
        isMessage: Bool = false
    ) -> Verdict {
        if isMessage, !headers.hasVersion3 { return verifyMessage(url: url, headers) }
        if (headers.signature ?? "").isEmpty, (headers.mainAccountSignature ?? "").isEmpty {
            return .missing(SignatureHeaders.signatureName)
        }
        guard let nonce = headers.nonce, !nonce.isEmpty else { return .missing(SignatureHeaders.nonceName) }
        if method == .get, !form.isEmpty { return .invalid }
        let received = SignatureHeaders.codes(headers.signature, headers.mainAccountSignature)
        return verify(received, SignedText(url: url, query: query, form: form, nonce: nonce))
    }

    /// Version 2: over the URL without its query, and the nonce.
    private func verifyMessage(url: String, _ headers: SignatureHeaders) -> Verdict {
        if (headers.messageSignature ?? "").isEmpty, (headers.mainAccountMessageSignature ?? "").isEmpty {
            return .missing("\(SignatureHeaders.signatureName) or \(SignatureHeaders.messageSignatureName)")
        }
        guard let nonce = headers.messageNonce, !nonce.isEmpty else {
            return .missing(SignatureHeaders.messageNonceName)
        }
        let received = SignatureHeaders.codes(headers.messageSignature, headers.mainAccountMessageSignature)
        return verify(received, SignedText(messageURL: url, nonce: nonce))
    }

    private func verify(_ received: [[UInt8]], _ text: SignedText) -> Verdict {
        guard !received.isEmpty else { return .invalid }
        for key in keys {
            let expected = text.code(key)
            // Crypto's comparison with bytes, which does not stop at the first difference.
            for code in received where expected == code { return .valid }
        }
        return .invalid
    }

    /// Signs as Plivo does, once with each token: for whoever plays Plivo's part.
    package func sign(url: String, query: Parameters, form: Parameters, nonce: String) -> [String] {
        let text = SignedText(url: url, query: query, form: form, nonce: nonce)
        return keys.map { Base64.standard.encode(text.code($0)) }
    }

    /// Signs a message's webhook in version 2, once with each token: for whoever plays Plivo's part.
    package func signMessage(url: String, nonce: String) -> [String] {
        let text = SignedText(messageURL: url, nonce: nonce)
        return keys.map { Base64.standard.encode(text.code($0)) }
    }
}

/// Whether a webhook is Plivo's.
package enum Verdict: Hashable, Sendable {
    case valid
    /// A header that has to be there is not, named as Plivo writes it.
    case missing(String)
    /// No signature in the headers belongs to this request and to one of the tokens.
    case invalid
}
